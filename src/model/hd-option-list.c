/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-option-list.h"

/**
 * HdOptionList:
 *
 * What a searchable option source answered.
 */

struct _HdOptionList
{
  HdRecord    parent_instance;

  GListModel *options;  /* (element-type HdOption) */
};

G_DEFINE_FINAL_TYPE (HdOptionList, hd_option_list, HD_TYPE_RECORD)

static const HdRecordField fields[] = {
  HD_RECORD_LIST (HdOptionList, options, "options", hd_option_get_type),
};

static void
hd_option_list_class_init (HdOptionListClass *klass)
{
  hd_record_class_install_fields (HD_RECORD_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
hd_option_list_init (HdOptionList *self)
{
}

HD_RECORD_DEFINE_GETTER (HdOptionList, hd_option_list, GListModel *, options)
