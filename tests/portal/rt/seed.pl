#!/usr/bin/perl
# Seeds RT 5 through its own Perl API; every step looks first, so it can run again.
use strict; use warnings; use utf8;
use lib '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib';
BEGIN { binmode STDOUT, ':utf8'; binmode STDERR, ':utf8' }
use RT -init;
use MIME::Entity; use Encode ();
$| = 1;
my $S = RT->SystemUser;
sub must { my ($ok, $msg, $what) = @_; die "$what: " . ($msg // '?') . "\n" unless $ok; return $ok }

# ---- pictures, made here (GD comes with RT)
require GD;
sub png {
    my ($w, $h, $rgb, $text) = @_;
    my $i = GD::Image->new($w, $h, 1);
    $i->filledRectangle(0, 0, $w, $h, $i->colorAllocate(@$rgb));
    $i->rectangle(4, 4, $w - 5, $h - 5, $i->colorAllocate(255, 255, 255));
    $i->string(GD::gdGiantFont(), 12, $h / 2 - 8, $text, $i->colorAllocate(255, 255, 255));
    return $i->png;
}

# ---- users and groups
sub user {
    my (%a) = @_;
    my $u = RT::User->new($S);
    $u->LoadByCols(Name => $a{Name});
    return $u if $u->id;
    my ($ok, $msg) = $u->Create(%a);
    must($ok, $msg, "user $a{Name}");
    print "user $a{Name}\n";
    return $u;
}
my %contact = (Organization => 'ТОВ «Приклад»', City => 'Київ', Country => 'Україна', Timezone => 'Europe/Kyiv');
my $support = user(%contact, Name => 'support', Password => 'Support-1', Privileged => 0, EmailAddress => 'support@rt.local', RealName => 'Оксана Користувач', WorkPhone => '+380441112233', MobilePhone => '+380671112233');
my $olena   = user(%contact, Name => 'olena', Password => 'Olena-12', Privileged => 0, EmailAddress => 'olena@rt.local', RealName => 'Олена Інша');
my $agent   = user(%contact, Name => 'agent', Password => 'Agent-12', Privileged => 1, EmailAddress => 'agent@rt.local', RealName => 'Тарас Підтримка', WorkPhone => '+380449998877');
my $staff = RT::Group->new($S);
$staff->LoadUserDefinedGroup('Служба підтримки');
unless ($staff->id) { must($staff->CreateUserDefinedGroup(Name => 'Служба підтримки', Description => 'Перша лінія'), 'staff group') }
$staff->AddMember($agent->PrincipalId) unless $staff->HasMember($agent->PrincipalId);

# ---- queues: an offering is a queue, its category and icon are queue custom fields
sub queue {
    my ($name, $desc, $lc, $sort) = @_;
    my $q = RT::Queue->new($S);
    $q->Load($name);
    unless ($q->id) {
        my ($ok, $msg) = $q->Create(Name => $name, Description => $desc, Lifecycle => $lc, SortOrder => $sort,
            CorrespondAddress => 'rt@rt.local', CommentAddress => 'rt-comment@rt.local');
        must($ok, $msg, "queue $name"); print "queue $name\n";
    }
    return $q;
}
my $q_req  = queue('Запити на обслуговування', 'Загальний запит до служби підтримки, якщо потрібної послуги немає в каталозі', 'helpdesk', 1);
my $q_inc  = queue('Інциденти', 'Щось не працює: повідомте про збій', 'incident-uk', 2);
my $q_note = queue('Замовлення ноутбука', 'Видача нового ноутбука або заміна наявного', 'helpdesk', 3);
my $q_vpn  = queue('Доступ до VPN', 'Віддалений доступ до мережі компанії', 'helpdesk', 4);
my $q_priv = queue('Внутрішні роботи', 'Черга, якої користувач порталу не бачить', 'helpdesk', 9);

# ---- custom fields
sub cf {
    my (%a) = @_;
    my $to     = delete $a{ApplyTo} || [];
    my $values = delete $a{Values}  || [];
    my $cf = RT::CustomField->new($S);
    $cf->LoadByCols(Name => $a{Name}, LookupType => $a{LookupType});
    unless ($cf->id) {
        my ($ok, $msg) = $cf->Create(%a);
        must($ok, $msg, "cf $a{Name}");
        my $n = 0;
        for my $v (@$values) {
            $v = { Name => $v } unless ref $v;
            my ($vok, $vmsg) = $cf->AddValue(SortOrder => ++$n, %$v);
            must($vok, $vmsg, "cf $a{Name} value $v->{Name}");
        }
        print "cf $a{Name}\n";
    }
    for my $o (@$to) { next if $cf->IsAdded($o->id || 0); my ($ok, $msg) = $cf->AddToObject($o); must($ok, $msg, "add cf $a{Name}") }
    return $cf;
}
my %T = (LookupType => 'RT::Queue-RT::Ticket');
my %Q = (LookupType => 'RT::Queue');
my $mand = '(?#Mandatory).';
my $any_queue = RT::Queue->new($S);
my $c_cat  = cf(%Q, Name => 'Категорія каталогу', Type => 'Select', MaxValues => 1, SortOrder => 1, Values => ['Обладнання', 'Доступи', 'Загальне'], ApplyTo => [$any_queue]);
my $c_kind = cf(%Q, Name => 'Вид звернення', Type => 'Select', MaxValues => 1, SortOrder => 2, Values => ['запит', 'інцидент'], ApplyTo => [$any_queue]);
my $c_icon = cf(%Q, Name => 'Піктограма', Type => 'Image', MaxValues => 1, SortOrder => 3, ApplyTo => [$any_queue]);
my $c_long = cf(%Q, Name => 'Опис послуги', Type => 'HTML', MaxValues => 1, SortOrder => 4, ApplyTo => [$any_queue]);

my $f_phone = cf(%T, Name => 'Телефон для зв’язку', Description => 'Номер, за яким вас можна знайти', Type => 'Freeform', MaxValues => 1, SortOrder => 1,
    Pattern => '(?#Номер у вигляді +380XXXXXXXXX)^\+380\d{9}$', EntryHint => '+380XXXXXXXXX', ApplyTo => [$q_note, $q_vpn, $q_inc]);
my $f_why = cf(%T, Name => 'Обґрунтування', Description => 'Навіщо це потрібно', Type => 'Text', MaxValues => 1, SortOrder => 2, Pattern => $mand, ApplyTo => [$q_note, $q_vpn]);
my $f_kind = cf(%T, Name => 'Вид пристрою', Type => 'Select', MaxValues => 1, SortOrder => 3, Pattern => $mand, RenderType => 'Dropdown', Values => [
    { Name => 'Ноутбук', Description => 'Переносний комп’ютер' }, { Name => 'Робоча станція', Description => 'Стаціонарний комп’ютер' } ], ApplyTo => [$q_note]);
my $f_model = cf(%T, Name => 'Модель', Type => 'Select', MaxValues => 1, SortOrder => 4, BasedOn => $f_kind->id, Values => [
    { Name => 'ThinkPad T14', Description => '14 дюймів', Category => 'Ноутбук' }, { Name => 'ThinkPad X1', Description => '13 дюймів', Category => 'Ноутбук' },
    { Name => 'OptiPlex 7010', Description => 'Tower', Category => 'Робоча станція' } ], ApplyTo => [$q_note]);
my $f_soft = cf(%T, Name => 'Додаткове програмне забезпечення', Type => 'Select', MaxValues => 0, SortOrder => 5, RenderType => 'List',
    Values => ['LibreOffice', 'GIMP', 'Visual Studio Code', 'КриптоАвтограф'], ApplyTo => [$q_note]);
my $f_date = cf(%T, Name => 'Бажана дата', Type => 'Date', MaxValues => 1, SortOrder => 6, ApplyTo => [$q_note, $q_vpn]);
my $f_when = cf(%T, Name => 'Час збою', Type => 'DateTime', MaxValues => 1, SortOrder => 6, ApplyTo => [$q_inc]);
my $f_city = cf(%T, Name => 'Офіс', Type => 'Combobox', MaxValues => 1, SortOrder => 7, Values => ['Київ', 'Львів', 'Одеса'], ApplyTo => [$q_note, $q_inc]);
my $f_mate = cf(%T, Name => 'Відділ', Type => 'Autocomplete', MaxValues => 1, SortOrder => 8, Values => ['Бухгалтерія', 'Відділ кадрів', 'Юридичний відділ'], ApplyTo => [$q_vpn]);
my $f_html = cf(%T, Name => 'Докладний опис', Type => 'HTML', MaxValues => 1, SortOrder => 9, ApplyTo => [$q_inc]);
my $f_shot = cf(%T, Name => 'Знімок екрана', Type => 'Image', MaxValues => 1, SortOrder => 10, ApplyTo => [$q_inc]);
my $f_file = cf(%T, Name => 'Файли', Type => 'Binary', MaxValues => 0, SortOrder => 11, ApplyTo => [$q_inc, $q_vpn]);
my $f_ip   = cf(%T, Name => 'IP-адреса', Type => 'IPAddress', MaxValues => 1, SortOrder => 12, ApplyTo => [$q_vpn]);
my $f_int  = cf(%T, Name => 'Службова примітка', Description => 'Бачать лише працівники', Type => 'Freeform', MaxValues => 1, SortOrder => 20, ApplyTo => [$q_note, $q_inc]);
my $f_rate = cf(LookupType => 'RT::Queue-RT::Ticket-RT::Transaction', Name => 'Оцінка', Type => 'Select', MaxValues => 1, SortOrder => 1, Values => [1 .. 5], ApplyTo => [$q_note, $q_req]);

sub qcf {
    my ($q, $cf, $value, %large) = @_;
    my $have = $q->CustomFieldValues($cf->id);
    return if $have->Count;
    my ($ok, $msg) = $q->AddCustomFieldValue(Field => $cf->id, Value => $value, %large);
    must($ok, $msg, 'queue cf ' . $cf->Name);
}
my @cat = ([$q_req, 'Загальне', 'запит', [70, 90, 160]], [$q_inc, 'Загальне', 'інцидент', [180, 60, 60]], [$q_note, 'Обладнання', 'запит', [60, 130, 90]], [$q_vpn, 'Доступи', 'запит', [120, 80, 150]]);
for my $c (@cat) {
    my ($q, $cat, $kind, $rgb) = @$c;
    qcf($q, $c_cat, $cat); qcf($q, $c_kind, $kind);
    qcf($q, $c_icon, 'icon-' . $q->id . '.png', LargeContent => png(96, 96, $rgb, 'Q' . $q->id), ContentType => 'image/png');
    qcf($q, $c_long, '<p><b>' . $q->Name . '</b></p><p>' . $q->Description . '.</p><ul><li>строк: 3 робочі дні</li><li>потрібне погодження керівника</li></ul>');
}

# ---- articles
sub class {
    my ($name, $desc) = @_;
    my $c = RT::Class->new($S);
    $c->Load($name);
    unless ($c->id) { my ($ok, $msg) = $c->Create(Name => $name, Description => $desc); must($ok, $msg, "class $name"); print "class $name\n" }
    # a class is usable for all queues only once it is applied
    $c->AddToObject(RT::Queue->new($S)) unless $c->IsApplied(0);
    return $c;
}
my $kb   = class('База знань', 'Статті для самостійного вирішення');
my $news = class('Новини', 'Оголошення служби підтримки');
my %A = (LookupType => 'RT::Class-RT::Article');
my $a_body = cf(%A, Name => 'Зміст', Type => 'HTML', MaxValues => 1, SortOrder => 1, ApplyTo => [$kb, $news]);
my $a_pic  = cf(%A, Name => 'Зображення', Type => 'Image', MaxValues => 0, SortOrder => 2, ApplyTo => [$kb, $news]);
my $a_key  = cf(%A, Name => 'Ключові слова', Type => 'Freeform', MaxValues => 0, SortOrder => 3, ApplyTo => [$kb]);
my $a_top  = cf(%A, Name => 'Розділ', Description => 'Те саме, що тема: REST2 не показує тем', Type => 'Select', MaxValues => 1, SortOrder => 4,
    Values => ['Пошта', 'Пошта / Outlook', 'Мережа', 'Мережа / VPN', 'Обладнання'], ApplyTo => [$kb]);

sub topic {
    my ($name, $desc, $parent) = @_;
    my $ts = RT::Topics->new($S);
    $ts->LimitToObject($kb);
    $ts->Limit(FIELD => 'Name', VALUE => $name);
    my $t = $ts->First;
    return $t if $t;
    $t = RT::Topic->new($S);
    my ($ok, $msg) = $t->Create(Name => $name, Description => $desc, Parent => $parent ? $parent->id : 0, ObjectType => 'RT::Class', ObjectId => $kb->id);
    must($ok, $msg, "topic $name"); print "topic $name\n";
    return $t;
}
my %topic;
$topic{'Пошта'} = topic('Пошта', 'Електронна пошта');
$topic{'Пошта / Outlook'} = topic('Outlook', 'Клієнт Outlook', $topic{'Пошта'});
$topic{'Мережа'} = topic('Мережа', 'Доступ до мережі');
$topic{'Мережа / VPN'} = topic('VPN', 'Віддалений доступ', $topic{'Мережа'});
$topic{'Обладнання'} = topic('Обладнання', 'Комп’ютери та принтери');

my $web = RT->Config->Get('WebBaseURL') . RT->Config->Get('WebPath');
sub article {
    my ($class, $name, $summary, $top, $body, @keys) = @_;
    my $as = RT::Articles->new($S);
    $as->Limit(FIELD => 'Class', VALUE => $class->id);
    $as->Limit(FIELD => 'Name', VALUE => $name, ENTRYAGGREGATOR => 'AND');
    return $as->First if $as->Count;
    my $a = RT::Article->new($S);
    my ($id, $msg) = $a->Create(Class => $class->id, Name => $name, Summary => $summary,
        'CustomField-' . $a_pic->id => { Value => 'малюнок-' . int(rand 1e6) . '.png', LargeContent => png(320, 120, [30 + int rand 120, 70, 140], 'RT article'), ContentType => 'image/png' },
        @keys ? ('CustomField-' . $a_key->id => \@keys) : (),
        $top ? ('CustomField-' . $a_top->id => $top, Topics => [$topic{$top}->id]) : ());
    must($id, $msg, "article $name");
    my $pic = $a->FirstCustomFieldValue($a_pic->id);
    my $ocfv = $a->CustomFieldValues($a_pic->id)->First;
    my $inline = MIME::Base64::encode_base64(png(24, 24, [200, 150, 0], '!'), '');
    $body .= '<p><img src="/REST/2.0/download/cf/' . $ocfv->id . '" alt="малюнок"></p><p>Вбудований: <img src="data:image/png;base64,' . $inline . '" alt="знак"></p>';
    my ($ok, $m2) = $a->AddCustomFieldValue(Field => $a_body->id, Value => $body);
    must($ok, $m2, "article body $name");
    print "article $name\n";
    return $a;
}
article($kb, 'Як налаштувати пошту в Outlook', 'Покрокова інструкція для Outlook 2021', 'Пошта / Outlook',
    '<h2>Налаштування пошти</h2><ol><li>Відкрийте <b>Outlook</b>.</li><li>Додайте обліковий запис.</li></ol><table border="1"><tr><th>Сервер</th><th>Порт</th></tr><tr><td>imap.rt.local</td><td>993</td></tr></table>', 'пошта', 'outlook');
article($kb, 'Підключення до VPN', 'Як під’єднатися до мережі компанії з дому', 'Мережа / VPN',
    '<h2>VPN</h2><p>Завантажте профіль і відкрийте <a href="https://vpn.rt.local/">портал</a>.</p><pre>sudo openvpn --config profile.ovpn</pre>', 'vpn', 'віддалена робота');
article($kb, 'Заміна картриджа в принтері', 'Коли друк став блідим', 'Обладнання', '<p>Відкрийте кришку, вийміть картридж, <i>струсіть</i> його.</p>', 'принтер');
article($kb, 'Зміна пароля', 'Пароль діє 90 днів', 'Мережа', '<p>Натисніть <kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd>.</p><script>alert(1)</script><p onclick="alert(2)">Далі…</p>', 'пароль');
article($news, 'Планові роботи в суботу', '22:00–24:00, пошта буде недоступна', undef, '<p>У суботу з <b>22:00</b> до 24:00 оновлюємо поштовий сервер.</p>');
article($news, 'Новий портал самообслуговування', 'Працює з понеділка', undef, '<p>Запрошуємо до нового порталу!</p>');

# ---- rights
sub grant {
    my ($who, $on, @rights) = @_;
    my $p = $who->can('PrincipalObj') ? $who->PrincipalObj : $who;
    for my $r (@rights) {
        next if RT::ACE->new($S)->LoadByValues(PrincipalType => 'Group', PrincipalId => $p->Id, RightName => $r, Object => $on);
        my ($ok, $msg) = $p->GrantRight(Right => $r, Object => $on);
        die "grant $r: $msg\n" unless $ok || $msg =~ /already/i;
    }
}
sub system_group { my $g = RT::Group->new($S); $g->LoadSystemInternalGroup($_[0]); die "no group $_[0]" unless $g->id; $g }
sub role_group { my ($q, $name) = @_; my $g = RT::Group->new($S); my ($ok) = $g->LoadRoleGroup(Object => $q, Name => $name); 
    ($g) = ($q->_CreateRoleGroup($name)) unless $g->id; $g = RT::Group->new($S), $g->LoadRoleGroup(Object => $q, Name => $name) unless ref $g && $g->id; $g }
my $unpriv = system_group('Unprivileged');
for my $q ($q_req, $q_inc, $q_note, $q_vpn) {
    grant($unpriv, $q, qw(SeeQueue CreateTicket));
    my $requestor = role_group($q, 'Requestor');
    my $cc = role_group($q, 'Cc');
    grant($requestor, $q, qw(ShowTicket ReplyToTicket CancelOwnRequest Watch));
    grant($requestor, $q, 'ConfirmSolution') if $q->Lifecycle eq 'helpdesk';
    grant($cc, $q, qw(ShowTicket ReplyToTicket));
    grant($staff, $q, qw(SeeQueue CreateTicket ShowTicket ShowTicketComments ShowOutgoingEmail ReplyToTicket CommentOnTicket ModifyTicket OwnTicket TakeTicket StealTicket ReassignTicket Watch WatchAsAdminCc SeeCustomField ModifyCustomField CancelOwnRequest DeleteTicket));
}
grant($staff, $q_priv, qw(SeeQueue CreateTicket ShowTicket ReplyToTicket CommentOnTicket ModifyTicket OwnTicket));
# Field rights go on the FIELD, not on the queue: REST2 serves /customfield/N (type, pattern, values) and
# /queue/N/customfields only to those who have SeeCustomField on the field itself or globally (a grant on the
# queue shows values on tickets, but answers 403 for the definition); and the internal note stays hidden.
for my $f ($f_phone, $f_why, $f_kind, $f_model, $f_soft, $f_date, $f_when, $f_city, $f_mate, $f_html, $f_shot, $f_file, $f_ip) {
    grant($unpriv, $f, qw(SeeCustomField SetInitialCustomField));
}
grant($unpriv, $_, 'SeeCustomField') for $c_cat, $c_kind, $c_icon, $c_long, $a_body, $a_pic, $a_key, $a_top;
grant($unpriv, $f_rate, qw(ModifyCustomField SeeCustomField));
for my $c ($kb, $news) {
    grant($unpriv, $c, qw(SeeClass ShowArticle));
    grant($staff, $c, qw(SeeClass ShowArticle ShowArticleHistory CreateArticle ModifyArticle ModifyArticleTopics SeeCustomField ModifyCustomField AdminTopics));
}
grant($unpriv, RT->System, qw(ManageAuthTokens ModifySelf));
grant($staff, RT->System, qw(ManageAuthTokens ModifySelf ShowArticlesMenu));

# ---- tickets of 'support', made as that user
my $cu = RT::CurrentUser->new($support->id);
my $have = RT::Tickets->new($S);
$have->FromSQL("Requestor.Name = 'support'");
unless ($have->Count) {
    my $mime = MIME::Entity->build(Type => 'multipart/mixed', Subject => 'x');
    $mime->attach(Type => 'text/html; charset=utf-8', Data => Encode::encode_utf8('<p>Не друкує принтер на <b>3 поверсі</b>. Знімок додаю.</p>'), Encoding => '8bit');
    $mime->attach(Type => 'image/png', Filename => Encode::encode_utf8('знімок.png'), Data => png(200, 100, [90, 90, 90], 'printer'), Encoding => 'base64');
    my $t = RT::Ticket->new($cu);
    my ($id, undef, $msg) = $t->Create(Queue => $q_inc->id, Requestor => $support->EmailAddress, Subject => 'Не друкує принтер на 3 поверсі', MIMEObj => $mime,
        'CustomField-' . $f_city->id => 'Київ', 'CustomField-' . $f_when->id => '2026-11-20 09:15:00');
    must($id, $msg, 'ticket'); print "ticket $id: $msg\n";
    my $ag = RT::Ticket->new(RT::CurrentUser->new($agent->id));
    $ag->Load($id);
    $ag->SetOwner($agent->id);
    my ($tok, $tm) = $ag->Correspond(Content => "Вітаю! Вже дивимося, що з принтером.\n\nТарас");
    must($tok, $tm, 'correspond');
    ($tok, $tm) = $ag->Comment(Content => 'Службовий коментар: картридж скінчився.');
    must($tok, $tm, 'comment');
    my @st = qw(open resolved cancelled pending);
    for my $n (1 .. ($ENV{RT5_BULK} // 45)) {
        my $q = ($q_req, $q_note, $q_vpn)[$n % 3];
        my $b = RT::Ticket->new($cu);
        my ($bid, undef, $bm) = $b->Create(Queue => $q->id, Requestor => $support->EmailAddress, Subject => "Звернення № $n: " . ('не відкривається звіт', 'потрібен доступ', 'повільна мережа', 'встановити програму')[$n % 4],
            MIMEObj => MIME::Entity->build(Type => 'text/plain', Charset => 'utf-8', Encoding => '8bit', Data => Encode::encode_utf8("Доброго дня!\nЦе звернення номер $n.\n")));
        must($bid, $bm, 'bulk ticket');
        next unless $n % 2;
        my $x = RT::Ticket->new($S); $x->Load($bid);
        $x->SetStatus($st[$n % 4]);
    }
    my $o = RT::Ticket->new(RT::CurrentUser->new($olena->id));
    my ($oid, undef, $om) = $o->Create(Queue => $q_req->id, Requestor => $olena->EmailAddress, Subject => 'Звернення іншої людини', MIMEObj => MIME::Entity->build(Type => 'text/plain', Charset => 'utf-8', Data => Encode::encode_utf8('Приватне')));
    must($oid, $om, 'other ticket'); print "tickets done, olena has $oid\n";
}

# ---- a token for 'support' (shown once by RT, so kept in a file)
if (my $file = shift @ARGV) {
    unless (-s $file) {
        my $tok = RT::AuthToken->new($cu);
        my ($id, $msg, $auth) = $tok->Create(Owner => $support->id, Description => 'desktop client');
        must($id, $msg, 'token');
        open my $fh, '>', $file or die "$file: $!"; print $fh $auth; close $fh;
    }
}
print "seed done\n";
