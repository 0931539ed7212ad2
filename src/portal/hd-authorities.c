/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-authorities.h"

/**
 * HdAuthorities:
 *
 * Who may vouch for a server: the authorities in a file, and the system’s too.
 *
 * The system’s are read only when a server comes that the file does not know: an
 * organisation’s own portal must not wait at every start for a hundred and fifty
 * authorities that have nothing to say about it.
 *
 * Certificates are verified on threads of GIO’s as well as on the main one.
 */

struct _HdAuthorities
{
  GTlsDatabase  parent_instance;

  GTlsDatabase *own;      /* (owned): those in the file */
  GTlsDatabase *others;   /* (owned) (nullable): the system’s, once they were needed */
  GMutex        mutex;    /* guards others */
};

G_DEFINE_FINAL_TYPE (HdAuthorities, hd_authorities, G_TYPE_TLS_DATABASE)

/*
 * Returns: (transfer full): the system’s authorities.  GIO makes them where no
 * default is set; ours may be the default, see hd-http-trust.c, and is again afterwards.
 */
static GTlsDatabase *
read_system (void)
{
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (GTlsDatabase) usual = g_tls_backend_get_default_database (backend);
  GTlsDatabase *system;

  if (!HD_IS_AUTHORITIES (usual))
    return g_steal_pointer (&usual);

  g_tls_backend_set_default_database (backend, NULL);
  system = g_tls_backend_get_default_database (backend);
  g_tls_backend_set_default_database (backend, usual);

  return system;
}

/* Returns: (transfer full) */
static GTlsDatabase *
ref_others (HdAuthorities *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->others == NULL)
    self->others = read_system ();

  return g_object_ref (self->others);
}

static GTlsCertificateFlags
hd_authorities_verify_chain (GTlsDatabase             *database,
                             GTlsCertificate          *chain,
                             const char               *purpose,
                             GSocketConnectable       *identity,
                             GTlsInteraction          *interaction,
                             GTlsDatabaseVerifyFlags   flags,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  HdAuthorities *self = HD_AUTHORITIES (database);
  g_autoptr (GTlsDatabase) others = NULL;
  g_autoptr (GError) local_error = NULL;
  GTlsCertificateFlags faults = g_tls_database_verify_chain (self->own, chain, purpose, identity, interaction,
                                                             flags, cancellable, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return G_TLS_CERTIFICATE_GENERIC_ERROR;
    }

  /* Who is known here is held to what is said of it here. */
  if ((faults & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0)
    return faults;

  others = ref_others (self);
  return g_tls_database_verify_chain (others, chain, purpose, identity, interaction, flags, cancellable, error);
}

static void
hd_authorities_finalize (GObject *object)
{
  HdAuthorities *self = HD_AUTHORITIES (object);

  g_clear_object (&self->own);
  g_clear_object (&self->others);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (hd_authorities_parent_class)->finalize (object);
}

static void
hd_authorities_class_init (HdAuthoritiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hd_authorities_finalize;
  G_TLS_DATABASE_CLASS (klass)->verify_chain = hd_authorities_verify_chain;
}

static void
hd_authorities_init (HdAuthorities *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * hd_authorities_new:
 * @ca_file: a PEM file, by its absolute path
 * @others: (nullable): who else may vouch; %NULL for the system’s authorities
 * @error: return location for an error of GIO’s
 *
 * Returns: (transfer full) (nullable): the authorities
 */
GTlsDatabase *
hd_authorities_new (const char    *ca_file,
                    GTlsDatabase  *others,
                    GError       **error)
{
  g_autoptr (GTlsDatabase) own = g_tls_file_database_new (ca_file, error);
  HdAuthorities *self;

  if (own == NULL)
    return NULL;

  self = g_object_new (HD_TYPE_AUTHORITIES, NULL);
  self->own = g_steal_pointer (&own);
  g_set_object (&self->others, others);

  return G_TLS_DATABASE (self);
}
