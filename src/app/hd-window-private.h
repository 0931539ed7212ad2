/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hd-window.h"

#include "hd-account-popover.h"
#include "hd-banner.h"
#include "hd-navigation.h"
#include "hd-pack-watch.h"
#include "hd-sign-in-page.h"
#include "hd-status-line.h"

G_BEGIN_DECLS

/*
 * HdWindow is in six files: hd-window.c (its life), hd-window-closing.c (going, and what is asked of it from outside),
 * hd-window-state.c (what the header bar and the banners show), hd-window-toasts.c, hd-window-actions.c (what the
 * pages can ask of it) and hd-window-pack.c (knowledge packs).
 */

typedef enum
{
  HD_PANE_HOME,
  HD_PANE_KNOWLEDGE,
  HD_PANE_CATALOG,
  HD_PANE_ITEMS,
  HD_N_PANES,
} HdPane;

struct _HdWindow
{
  AdwApplicationWindow  parent_instance;

  HdAdaptiveBin        *adaptive_bin;
  AdwToastOverlay      *toast_overlay;
  GtkButton            *back_button;
  GtkStack             *title_stack;
  AdwHeaderBar         *header_bar;
  AdwViewSwitcher      *switcher;
  AdwWindowTitle       *window_title;
  GtkButton            *search_button;
  GtkButton            *sign_in_button;
  GtkMenuButton        *account_button;
  AdwAvatar            *avatar;
  GtkMenuButton        *menu_button;
  GMenuModel           *primary_menu;
  HdBanner             *state_banner;
  HdBanner             *outage_banner;
  HdBanner             *space_banner;
  GtkStack             *content_stack;
  AdwViewStack         *pane_stack;
  AdwViewSwitcherBar   *switcher_bar;
  HdStatusLine         *status_line;

  GSettings            *settings;       /* (owned) */
  HdSession            *session;        /* (owned) (nullable) */
  GSignalGroup         *session_signals; /* (owned) */
  HdSignInPage         *sign_in_page;   /* (unowned) (nullable) */
  GPtrArray            *toasts;         /* (owned) (element-type AdwToast): those that are not gone yet */
  AdwToast             *sync_toast;     /* (weak) (nullable): it says that everything is up to date */
  AdwBin               *panes[HD_N_PANES]; /* (unowned): each holds an HdNavigation from its first showing on */
  GCancellable         *cancellable;    /* (owned) */
  gboolean              reading_only;   /* nobody is signed in, the Knowledge Base is being read */
  gboolean              is_opened;      /* what is kept was read */
  gboolean              quitting;       /* the window is not to be hidden, but the program to end */
  char                 *pending_action; /* (owned) (nullable): to do when there are pages to be seen */
  GVariant             *pending_parameter; /* (owned) (nullable): of that */
  gboolean              sync_asked;     /* a person asked for the sync that runs, so they are told how it ended */
  HdPackWatch          *pack_watch;     /* (owned) (nullable): once what is kept was read */
  GFile                *waiting_pack;   /* (owned) (nullable): to be opened then */
  guint                 volumes_id;
  guint                 minute_id;
  guint                 present_id;     /* while the first showing waits for what is kept */
};

/* hd-window.c */
HdNavigation *hd_window_get_navigation    (HdWindow   *self,
                                           HdPane      pane);
HdNavigation *hd_window_get_visible_navigation (HdWindow *self);
HdPane        hd_window_get_visible_pane  (HdWindow   *self);
HdNavigation *hd_window_show_pane         (HdWindow   *self,
                                           HdPane      pane);
gboolean      hd_window_find_pane         (const char *name,
                                           HdPane     *pane);
void          hd_window_leave             (HdWindow   *self);
void          hd_window_start_reading     (HdWindow   *self);
void          hd_window_stop_reading      (HdWindow   *self);

/* hd-window-closing.c */
void          hd_window_install_closing   (GtkWindowClass *window_class);
void          hd_window_watch_bin         (HdWindow   *self);
void          hd_window_do_pending_action (HdWindow   *self);
void          hd_window_drop_pending_action (HdWindow *self);

/* hd-window-toasts.c */
void          hd_window_show_toast        (HdWindow   *self,
                                           AdwToast   *toast);
void          hd_window_add_toast         (HdWindow   *self,
                                           const char *text);
void          hd_window_add_sync_toast    (HdWindow   *self);
void          hd_window_dismiss_sync_toast (HdWindow  *self);
void          hd_window_dismiss_toasts    (HdWindow   *self);

/* hd-window-state.c */
void          hd_window_refresh_state     (HdWindow   *self);
void          hd_window_refresh_header    (HdWindow   *self);

/* hd-window-actions.c */
void          hd_window_install_actions   (GtkWidgetClass *widget_class);
void          hd_window_refresh_actions   (HdWindow       *self);

/* hd-window-pack.c */
void          hd_window_install_pack_actions (GtkWidgetClass *widget_class);
void          hd_window_take_packs        (HdWindow       *self);
void          hd_window_watch_packs       (HdWindow       *self);
void          hd_window_leave_packs       (HdWindow       *self);

G_END_DECLS
