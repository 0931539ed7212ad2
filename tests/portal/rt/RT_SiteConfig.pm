# SPDX-License-Identifier: GPL-3.0-or-later
# What rt-server.sh runs Request Tracker with.  $HD_RT_HOME is the folder of the
# instance, $HD_RT_URL where nginx lets it be seen.

use utf8;

Set($rtname, 'rt.local');
Set($Organization, 'rt.local');
Set($CorrespondAddress, 'rt@rt.local');
Set($CommentAddress, 'rt-comment@rt.local');
Set($WebBaseURL, $ENV{HD_RT_URL});
Set($WebDomain, '127.0.0.1');
Set($WebPort, $ENV{HD_RT_URL} =~ s/.*://r);
Set($WebPath, '');
Set($WebSecureCookies, 1);
Set($CanonicalizeRedirectURLs, 1);    # nginx is in front
Set($Timezone, 'UTC');

Set($DatabaseType, 'SQLite');
Set($DatabaseName, "$ENV{HD_RT_HOME}/rt.sqlite");
$RT::VarPath = $ENV{HD_RT_HOME};
$RT::MasonDataDir = "$ENV{HD_RT_HOME}/mason";
$RT::MasonSessionDir = "$ENV{HD_RT_HOME}/session";
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');

Set($MailCommand, 'mbox');    # nothing leaves the machine
Set(%GnuPG, Enable => 0);
Set(%SMIME, Enable => 0);

Set($MaxAttachmentSize, 20 * 1024 * 1024);
Set($BcryptCost, 4);    # the 12 of RT would cost 0.3 s for each request without a cookie
Set(%FullTextSearch, Enable => 1, Indexed => 0);
Set($SelfServiceShowArticleSearch, 1);

# Who asked may cancel, confirm and reopen without the right ModifyTicket.
Set(%Lifecycles,
    helpdesk => {
        initial     => ['new'],
        active      => ['open', 'pending'],
        inactive    => ['resolved', 'closed', 'cancelled', 'deleted'],
        defaults    => {
            on_create => 'new', approved => 'open', denied => 'cancelled',
            reminder_on_open => 'open', reminder_on_resolve => 'resolved',
        },
        transitions => {
            ''        => ['new', 'open', 'resolved'],
            new       => ['open', 'pending', 'resolved', 'cancelled', 'deleted'],
            open      => ['pending', 'resolved', 'cancelled', 'deleted'],
            pending   => ['open', 'resolved', 'cancelled', 'deleted'],
            resolved  => ['open', 'closed', 'deleted'],
            closed    => ['open', 'deleted'],
            cancelled => ['open', 'deleted'],
            deleted   => ['open'],
        },
        rights      => {
            '* -> deleted'       => 'DeleteTicket',
            '* -> cancelled'     => 'CancelOwnRequest',
            'resolved -> closed' => 'ConfirmSolution',
            'resolved -> open'   => 'ConfirmSolution',
            '* -> *'             => 'ModifyTicket',
        },
        actions     => [
            'new -> open'          => { label => 'Взяти в роботу', update => 'Respond' },
            'new -> cancelled'     => { label => 'Скасувати', update => 'Respond' },
            'open -> cancelled'    => { label => 'Скасувати', update => 'Respond' },
            'pending -> cancelled' => { label => 'Скасувати', update => 'Respond' },
            'open -> resolved'     => { label => 'Вирішити', update => 'Respond' },
            'resolved -> closed'   => { label => 'Підтвердити рішення', update => 'Respond' },
            'resolved -> open'     => { label => 'Відновити', update => 'Respond' },
        ],
    },
    # Another desk's words, in Cyrillic, and a confirmation as well.
    'incident-uk' => {
        initial     => ['нове'],
        active      => ['в роботі', 'очікує', 'на погодженні'],
        inactive    => ['вирішено', 'закрито', 'скасовано', 'в архіві', 'deleted'],
        defaults    => {
            on_create => 'нове', approved => 'в роботі', denied => 'скасовано',
            reminder_on_open => 'в роботі', reminder_on_resolve => 'вирішено',
        },
        transitions => {
            ''          => ['нове', 'в роботі'],
            'нове'      => ['в роботі', 'очікує', 'вирішено', 'скасовано', 'deleted'],
            'в роботі'  => ['очікує', 'на погодженні', 'вирішено', 'скасовано', 'в архіві', 'deleted'],
            # Of what these two are no client knows.
            'на погодженні' => ['в роботі', 'deleted'],
            'в архіві'  => ['в роботі', 'deleted'],
            'очікує'    => ['в роботі', 'вирішено', 'скасовано', 'deleted'],
            'вирішено'  => ['в роботі', 'закрито', 'deleted'],
            'закрито'   => ['в роботі', 'deleted'],
            'скасовано' => ['в роботі', 'deleted'],
            'deleted'   => ['в роботі'],
        },
        rights      => {
            '* -> deleted'         => 'DeleteTicket',
            '* -> скасовано'       => 'CancelOwnRequest',
            'вирішено -> закрито'  => 'ConfirmSolution',
            'вирішено -> в роботі' => 'ConfirmSolution',
            '* -> *'               => 'ModifyTicket',
        },
        actions     => [
            'нове -> в роботі'     => { label => 'Взяти в роботу', update => 'Respond' },
            'нове -> скасовано'    => { label => 'Скасувати', update => 'Respond' },
            'в роботі -> скасовано' => { label => 'Скасувати', update => 'Respond' },
            'вирішено -> закрито'  => { label => 'Підтвердити рішення', update => 'Respond' },
            'вирішено -> в роботі' => { label => 'Відновити', update => 'Respond' },
        ],
    },
    # Moving a ticket between the two needs a map of the statuses.
    __maps__ => {
        'helpdesk -> incident-uk' => {
            new => 'нове', open => 'в роботі', pending => 'очікує', resolved => 'вирішено',
            closed => 'закрито', cancelled => 'скасовано', deleted => 'deleted',
        },
        'incident-uk -> helpdesk' => {
            'нове' => 'new', 'в роботі' => 'open', 'очікує' => 'pending', 'на погодженні' => 'pending', 'в архіві' => 'closed', 'вирішено' => 'resolved',
            'закрито' => 'closed', 'скасовано' => 'cancelled', deleted => 'deleted',
        },
    },
);
1;
