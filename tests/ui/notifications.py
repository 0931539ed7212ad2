# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop shows of a program's notifications: the org.gtk.Notifications that GNOME Shell offers."""

import threading

INTERFACE = """<node><interface name="org.gtk.Notifications">
  <method name="AddNotification">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
  </method>
  <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
</interface></node>"""


class Shell:
    """On the session bus that there is, from now on."""

    def __init__(self):
        # Not before the Desktop has set the environment, which GLib reads once.
        from gi.repository import Gio, GLib
        self.gio, self.glib = Gio, GLib
        self.shown = {}
        self.loop = None
        self.is_ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        self.is_ready.wait()

    def stop(self):
        self.loop.quit()
        self.thread.join()

    def _run(self):
        context = self.glib.MainContext.new()
        context.push_thread_default()
        self.loop = self.glib.MainLoop.new(context, False)
        bus = self.gio.bus_get_sync(self.gio.BusType.SESSION)
        bus.register_object('/org/gtk/Notifications', self.gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0],
                            self._called, None, None)
        bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'RequestName',
                      self.glib.Variant('(su)', ('org.gtk.Notifications', 0)), None, self.gio.DBusCallFlags.NONE, -1)
        self.bus = bus
        self.is_ready.set()
        self.loop.run()
        context.pop_thread_default()

    def _called(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        app_id, notification_id, *rest = parameters.unpack()
        if method == 'AddNotification':
            self.shown[notification_id] = {'app': app_id, **rest[0]}
        else:
            self.shown.pop(notification_id, None)
        invocation.return_value(None)

    def told(self):
        """Title and body of each, in words."""
        return [' '.join(str(one.get(key, '')) for key in ('title', 'body')) for one in list(self.shown.values())]

    def click(self, notification_id):
        """Does what the notification is for, as the shell does."""
        one = self.shown[notification_id]
        action = one['default-action'].removeprefix('app.')
        parameter = self.glib.Variant('av', [self.glib.Variant('s', one['default-action-target'])])
        path = '/' + one['app'].replace('.', '/')
        self.bus.call_sync(one['app'], path, 'org.freedesktop.Application', 'ActivateAction',
                           self.glib.Variant.new_tuple(self.glib.Variant('s', action), parameter, self.glib.Variant('a{sv}', {})),
                           None, self.gio.DBusCallFlags.NONE, -1)
