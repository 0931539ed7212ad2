/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-pack-watch.h"

#include "hd-session-pack.h"

/**
 * HdPackWatch:
 *
 * Looks for knowledge packs where people put them: on USB sticks, and in the folder that the policy names.
 *
 * Emits “found” (GFile) for a pack that can be taken: trusted, of this portal, not expired, with something new.  Of
 * others nothing is said; who opens one is told what is wrong with it.
 */

#define FILES_AT_ONCE 50
/* No stick has so many packs; one with more is not read for ever. */
#define MAX_FILES 1000
#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE

struct _HdPackWatch
{
  GObject         parent_instance;

  HdSession      *session;      /* (owned) */
  GCancellable   *cancellable;  /* (owned) */
  GFile          *folder;       /* (owned) (nullable) */
  GFileMonitor   *monitor;      /* (owned) (nullable): of the folder */
  GVolumeMonitor *volumes;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HdPackWatch, hd_pack_watch, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_FOUND,
  N_SIGNALS,
} HdPackWatchSignal;

static guint signals[N_SIGNALS];

static gboolean
is_pack_name (const char *name)
{
  return g_str_has_suffix (name, HD_PACK_SUFFIX) && name[0] != '.';
}

typedef struct
{
  HdPackWatch *self;  /* (owned) */
  GFile       *file;  /* (owned): a pack, or the folder that is being read */
  guint        n_files;
} Look;

static Look *
look_new (HdPackWatch *self,
          GFile       *file)
{
  Look *look = g_new0 (Look, 1);

  look->self = g_object_ref (self);
  look->file = g_object_ref (file);
  return look;
}

static void
look_free (Look *look)
{
  g_object_unref (look->self);
  g_object_unref (look->file);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HdPack) pack = hd_session_open_pack_finish (HD_SESSION (object), result, &error);

  if (pack != NULL && !g_cancellable_is_cancelled (look->self->cancellable))
    g_signal_emit (look->self, signals[SIGNAL_FOUND], 0, look->file);
  else if (error != NULL)
    g_debug ("a pack is not offered: %s", error->message);
}

static void
look_at (HdPackWatch *self,
         GFile       *file)
{
  hd_session_open_pack_async (self->session, file, self->cancellable, opened_cb, look_new (self, file));
}

/* --- A folder, once --- */

static void
files_listed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  GFileEnumerator *enumerator = G_FILE_ENUMERATOR (object);
  GList *infos = g_file_enumerator_next_files_finish (enumerator, result, NULL);
  GCancellable *cancellable = look->self->cancellable;
  gboolean is_end = infos == NULL;

  for (GList *l = infos; l != NULL; l = l->next)
    {
      g_autoptr (GFile) file = g_file_enumerator_get_child (enumerator, l->data);

      look->n_files++;
      if (g_file_info_get_file_type (l->data) == G_FILE_TYPE_REGULAR && is_pack_name (g_file_info_get_name (l->data)))
        look_at (look->self, file);
    }

  g_list_free_full (infos, g_object_unref);

  if (!is_end && look->n_files < MAX_FILES)
    g_file_enumerator_next_files_async (enumerator, FILES_AT_ONCE, G_PRIORITY_LOW, cancellable,
                                        files_listed_cb, g_steal_pointer (&look));
}

static void
folder_opened_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileEnumerator) enumerator = g_file_enumerate_children_finish (G_FILE (object), result, &error);
  GCancellable *cancellable = look->self->cancellable;

  if (enumerator == NULL)
    g_debug ("no packs are looked for: %s", error->message);
  else
    g_file_enumerator_next_files_async (enumerator, FILES_AT_ONCE, G_PRIORITY_LOW, cancellable,
                                        files_listed_cb, g_steal_pointer (&look));
}

/* Links are not followed: what they lead to is nobody's pack. */
static void
look_through (HdPackWatch *self,
              GFile       *folder)
{
  g_file_enumerate_children_async (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, G_PRIORITY_LOW,
                                   self->cancellable, folder_opened_cb, look_new (self, folder));
}

/* --- What comes later --- */

/* When it is whole: what is still being copied is told again.  Of a folder that comes later, as where a share is
 * mounted, nothing is told of what is in it by then. */
static void
folder_changed_cb (HdPackWatch       *self,
                   GFile             *file,
                   GFile             *other_file,
                   GFileMonitorEvent  event)
{
  GFile *whole = event == G_FILE_MONITOR_EVENT_RENAMED ? other_file : file;
  g_autofree char *name = whole != NULL ? g_file_get_basename (whole) : NULL;

  if (event == G_FILE_MONITOR_EVENT_CREATED && g_file_equal (file, self->folder))
    look_through (self, file);
  else if ((event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT || event == G_FILE_MONITOR_EVENT_MOVED_IN ||
            event == G_FILE_MONITOR_EVENT_RENAMED) && name != NULL && is_pack_name (name))
    look_at (self, whole);
}

static void
mount_added_cb (HdPackWatch *self,
                GMount      *mount)
{
  g_autoptr (GFile) root = g_mount_get_root (mount);

  if (g_file_is_native (root))
    look_through (self, root);
}

/**
 * hd_pack_watch_watch_folder:
 * @self: a watch
 * @folder: a folder, which need not exist
 *
 * Looks for packs in a folder, now and when something is put there.
 */
void
hd_pack_watch_watch_folder (HdPackWatch *self,
                            GFile       *folder)
{
  g_return_if_fail (HD_IS_PACK_WATCH (self));

  g_set_object (&self->folder, folder);
  g_clear_object (&self->monitor);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self, G_CONNECT_SWAPPED);

  look_through (self, folder);
}

/**
 * hd_pack_watch_watch_volumes:
 * @self: a watch
 *
 * Looks for packs on what is mounted, now and when a stick is put in.  Finding out what is mounted may take a moment:
 * call this when the first page stands.
 */
void
hd_pack_watch_watch_volumes (HdPackWatch *self)
{
  GList *mounts;

  g_return_if_fail (HD_IS_PACK_WATCH (self));
  g_return_if_fail (self->volumes == NULL);

  self->volumes = g_volume_monitor_get ();
  g_signal_connect_object (self->volumes, "mount-added", G_CALLBACK (mount_added_cb), self, G_CONNECT_SWAPPED);
  mounts = g_volume_monitor_get_mounts (self->volumes);

  for (GList *l = mounts; l != NULL; l = l->next)
    mount_added_cb (self, l->data);

  g_list_free_full (mounts, g_object_unref);
}

static void
hd_pack_watch_dispose (GObject *object)
{
  HdPackWatch *self = HD_PACK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->monitor);
  g_clear_object (&self->folder);
  g_clear_object (&self->volumes);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (hd_pack_watch_parent_class)->dispose (object);
}

static void
hd_pack_watch_finalize (GObject *object)
{
  g_clear_object (&HD_PACK_WATCH (object)->cancellable);

  G_OBJECT_CLASS (hd_pack_watch_parent_class)->finalize (object);
}

static void
hd_pack_watch_class_init (HdPackWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hd_pack_watch_dispose;
  object_class->finalize = hd_pack_watch_finalize;

  signals[SIGNAL_FOUND] = g_signal_new ("found", HD_TYPE_PACK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
hd_pack_watch_init (HdPackWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * hd_pack_watch_new:
 * @session: an open session
 *
 * Returns: (transfer full): a watch that looks nowhere yet
 */
HdPackWatch *
hd_pack_watch_new (HdSession *session)
{
  HdPackWatch *self = g_object_new (HD_TYPE_PACK_WATCH, NULL);

  self->session = g_object_ref (session);
  return self;
}
