# SPDX-License-Identifier: GPL-3.0-or-later
# Fills a new Request Tracker, through its own Perl interface: the desk itself
# here, what was written for and with it in seed-content.pl.
use strict;
use warnings;
use utf8;
use lib '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib';
BEGIN { binmode $_, ':utf8' for \*STDOUT, \*STDERR }
use RT -init;

# Nobody minds if a half-made database is lost.
$RT::Handle->dbh->do('PRAGMA synchronous = OFF');
our $system = RT->SystemUser;
our (%user, %queue, %field, %class);

sub must {
    my ($what, $ok, @rest) = @_;
    die "$what: " . ($rest[-1] // 'failed') . "\n" unless $ok;
    return $ok;
}

# ---- people

sub user {
    my ($name, $password, %about) = @_;
    my $user = RT::User->new($system);
    must("user $name", $user->Create(
        Name => $name, Password => $password, Privileged => 0, Organization => 'Держмитслужба', City => 'Київ',
        Country => 'Україна', %about));
    return $user{$name} = $user;
}

user('support', 'Support-1', EmailAddress => 'support@rt.local', RealName => 'Оксана Користувач',
    Timezone => 'Europe/Kyiv', WorkPhone => '+380441112233', MobilePhone => '+380671112233');
user('olena', 'Olena-12', EmailAddress => 'olena@rt.local', RealName => 'Олена Інша');
user('agent', 'Agent-12', EmailAddress => 'agent@rt.local', RealName => 'Тарас Підтримка', Privileged => 1,
    WorkPhone => '+380449998877');
user('iryna', 'Пароль-ї1', EmailAddress => 'iryna@rt.local', RealName => 'Ірина Паролева');
user('петро', 'Petro-12', EmailAddress => 'petro@rt.local', RealName => 'Петро Логін');
user('former', 'Former-12', EmailAddress => 'former@rt.local', RealName => 'Колишній Працівник')->SetDisabled(1);

my $staff = RT::Group->new($system);
must('group of the staff', $staff->CreateUserDefinedGroup(Name => 'Служба підтримки'));
$staff->AddMember($user{agent}->PrincipalId);
my $unprivileged = RT::Group->new($system);
$unprivileged->LoadSystemInternalGroup('Unprivileged');

# ---- queues: what the portal offers.  The last three are one that is not seen,
# one in which nothing can be asked for, and one with every type of field.

sub queue {
    my ($key, $name, $lifecycle, $sort, $description) = @_;
    my $queue = RT::Queue->new($system);
    must("queue $name", $queue->Create(
        Name => $name, Description => $description, Lifecycle => $lifecycle, SortOrder => $sort,
        CorrespondAddress => 'rt@rt.local', CommentAddress => 'rt-comment@rt.local'));
    return $queue{$key} = $queue;
}

queue(request => 'Запити на обслуговування', 'helpdesk', 1, 'Загальний запит, якщо потрібної послуги немає в каталозі');
queue(incident => 'Інциденти', 'incident-uk', 2, 'Щось не працює: повідомте про збій');
queue(laptop => 'Замовлення ноутбука', 'helpdesk', 3, 'Видача нового ноутбука або заміна наявного');
queue(vpn => 'Доступ до VPN', 'helpdesk', 4, 'Віддалений доступ до мережі митниці');
queue(internal => 'Внутрішні роботи', 'helpdesk', 9, 'Черга, якої користувач порталу не бачить');
queue(purchase => 'Закупівлі', 'helpdesk', 8, 'Черга, яку видно, але створити в ній нічого не можна');
queue(device => 'Підключення пристрою', 'helpdesk', 5, 'Форма з полями всіх видів');
# What the content of data/demo has as well, for tests that do the same job at both.
queue(update => 'Оновлення програми', 'helpdesk', 6, 'Потрібна новіша версія встановленої програми');
queue(password => 'Скидання пароля', 'helpdesk', 7, 'Новий пароль замість забутого');

# ---- fields

sub field {
    my ($key, $lookup, $name, $type, $on, %about) = @_;
    my $values = delete $about{Values} || [];
    my $field = RT::CustomField->new($system);
    must("field $name", $field->Create(
        Name => $name, Type => $type, LookupType => $lookup, MaxValues => 1, SortOrder => 1 + keys %field, %about));
    my $n = 0;
    for my $value (@$values) {
        must("value of $name", $field->AddValue(SortOrder => ++$n, ref $value ? %$value : (Name => $value)));
    }
    must("field $name", $field->AddToObject($_)) for @$on;
    return $field{$key} = $field;
}

my $queue_field = 'RT::Queue';
my $everywhere  = RT::Queue->new($system);
field(category => $queue_field, 'Категорія каталогу', 'Select', [$everywhere], Values => ['Обладнання', 'Доступи', 'Загальне']);
field(kind => $queue_field, 'Вид звернення', 'Select', [$everywhere], Values => ['запит', 'інцидент']);
field(icon => $queue_field, 'Піктограма', 'Image', [$everywhere]);
field(long => $queue_field, 'Опис послуги', 'HTML', [$everywhere]);

my $ticket_field = 'RT::Queue-RT::Ticket';
my $mandatory    = '(?#Mandatory).';
my ($request, $incident, $laptop, $vpn, $device) = @queue{qw(request incident laptop vpn device)};
field(phone => $ticket_field, 'Телефон для зв’язку', 'Freeform', [$laptop, $vpn, $incident, $device],
    Description => 'Номер, за яким вас можна знайти', EntryHint => '+380XXXXXXXXX',
    Pattern => '(?#Номер у вигляді +380XXXXXXXXX)^\+380\d{9}$');
field(reason => $ticket_field, 'Обґрунтування', 'Text', [$laptop, $vpn, $device], Description => 'Навіщо це потрібно', Pattern => $mandatory);
field(type => $ticket_field, 'Вид пристрою', 'Select', [$laptop, $device], Pattern => $mandatory, RenderType => 'Dropdown', Values => [
    { Name => 'Ноутбук', Description => 'Переносний комп’ютер' }, { Name => 'Робоча станція', Description => 'Стаціонарний комп’ютер' }]);
field(model => $ticket_field, 'Модель', 'Select', [$laptop, $device], BasedOn => $field{type}->id, Values => [
    { Name => 'ThinkPad T14', Description => '14 дюймів', Category => 'Ноутбук' },
    { Name => 'ThinkPad X1', Description => '13 дюймів', Category => 'Ноутбук' },
    { Name => 'OptiPlex 7010', Description => 'Tower', Category => 'Робоча станція' }]);
field(software => $ticket_field, 'Додаткове програмне забезпечення', 'Select', [$laptop, $device], MaxValues => 0, RenderType => 'List',
    Values => ['LibreOffice', 'GIMP', 'Visual Studio Code', 'КриптоАвтограф']);
field(date => $ticket_field, 'Бажана дата', 'Date', [$laptop, $vpn, $device]);
field(when => $ticket_field, 'Час збою', 'DateTime', [$incident, $device]);
field(office => $ticket_field, 'Офіс', 'Combobox', [$laptop, $incident, $device], Values => ['Київ', 'Львів', 'Одеса']);
field(department => $ticket_field, 'Відділ', 'Autocomplete', [$vpn, $device], Values => ['Бухгалтерія', 'Відділ кадрів', 'Юридичний відділ']);
field(details => $ticket_field, 'Докладний опис', 'HTML', [$incident, $device]);
field(notes => $ticket_field, 'Нотатки', 'Wikitext', [$device]);
field(screenshot => $ticket_field, 'Знімок екрана', 'Image', [$incident, $device]);
field(files => $ticket_field, 'Файли', 'Binary', [$incident, $vpn, $device], MaxValues => 0);
field(address => $ticket_field, 'IP-адреса', 'IPAddress', [$vpn, $device]);
field(range => $ticket_field, 'Діапазон адрес', 'IPAddressRange', [$device]);
field(numbers => $ticket_field, 'Інвентарні номери', 'Freeform', [$device], MaxValues => 0);
# Only the desk sees this one.
field(note => $ticket_field, 'Службова примітка', 'Freeform', [$request, $laptop, $incident, $device]);
# By this the client finds again what it had sent; not everywhere, for both ways are tested.
field(client_key => $ticket_field, 'Ключ клієнта', 'Freeform', [$request, $incident, $laptop, $device, @queue{qw(internal update)}],
    SortOrder => 90, Description => 'Заповнює програма');
field(rating => 'RT::Queue-RT::Ticket-RT::Transaction', 'Оцінка', 'Select', [$request, $laptop, $device, $incident], Values => [1 .. 5]);

sub article_class {
    my ($key, $name, $description) = @_;
    my $class = RT::Class->new($system);
    must("class $name", $class->Create(Name => $name, Description => $description));
    must("class $name", $class->AddToObject(RT::Queue->new($system)));
    return $class{$key} = $class;
}

article_class(knowledge => 'База знань', 'Статті для самостійного вирішення');
article_class(news => 'Новини', 'Оголошення служби підтримки');
article_class(contacts => 'Контакти', 'Як зв’язатися зі службою підтримки');
article_class(staff => 'Для працівників', 'Статті, яких користувач порталу не бачить');

my $article_field = 'RT::Class-RT::Article';
field(body => $article_field, 'Зміст', 'HTML', [values %class]);
field(picture => $article_field, 'Зображення', 'Image', [@class{qw(knowledge news)}], MaxValues => 0);
field(keywords => $article_field, 'Ключові слова', 'Freeform', [$class{knowledge}], MaxValues => 0);
# Topics are not in REST 2: this says the same.
field(section => $article_field, 'Розділ', 'Select', [$class{knowledge}],
    Values => ['Пошта', 'Пошта / Outlook', 'Мережа', 'Мережа / VPN', 'Обладнання']);

field(program => $ticket_field, 'Програма', 'Autocomplete', [$queue{update}], Pattern => $mandatory,
    Values => ['gImageReader', 'LibreOffice', 'M.E.Doc']);
field(version => $ticket_field, 'Теперішня версія', 'Freeform', [$queue{update}], EntryHint => '7.4.7');
field(inventory => $ticket_field, 'Інвентарний номер комп’ютера', 'Freeform', [$queue{update}],
    EntryHint => '1014-000327', Pattern => '(?#Чотири цифри, дефіс і шість цифр)^[0-9]{4}-[0-9]{6}$');
field(lack => $ticket_field, 'Чого бракує в теперішній версії', 'Text', [$queue{update}], Pattern => $mandatory);

# ---- rights

sub grant {
    my ($who, $on, @rights) = @_;
    for my $right (@rights) {
        must("right $right", $who->PrincipalObj->GrantRight(Right => $right, Object => $on));
    }
}

sub role {
    my ($queue, $name) = @_;
    my $group = RT::Group->new($system);
    $group->LoadRoleGroup(Object => $queue, Name => $name);
    $group = $queue->_CreateRoleGroup($name) unless $group->id;
    return $group;
}

for my $queue (grep { $_ != $queue{internal} } values %queue) {
    grant($unprivileged, $queue, 'SeeQueue');
    grant($unprivileged, $queue, 'CreateTicket') unless $queue == $queue{purchase};
    grant(role($queue, 'Requestor'), $queue, qw(ShowTicket ReplyToTicket CancelOwnRequest ConfirmSolution Watch));
    grant(role($queue, 'Cc'), $queue, qw(ShowTicket ReplyToTicket));
}
grant($staff, $_, qw(
    SeeQueue CreateTicket ShowTicket ShowTicketComments ShowOutgoingEmail ReplyToTicket CommentOnTicket ModifyTicket OwnTicket
    TakeTicket StealTicket ReassignTicket Watch WatchAsAdminCc SeeCustomField ModifyCustomField CancelOwnRequest
    ConfirmSolution DeleteTicket)) for values %queue;
# On the field itself: with a right on the queue REST 2 shows a value, but not what the field is.
for my $field (values %field) {
    grant($staff, $field, 'SeeCustomField', 'ModifyCustomField');
    next if $field == $field{note};
    grant($unprivileged, $field, 'SeeCustomField');
    grant($unprivileged, $field, 'SetInitialCustomField') if $field->LookupType eq $ticket_field;
}
grant($unprivileged, $field{rating}, 'ModifyCustomField');
for my $class (values %class) {
    grant($unprivileged, $class, qw(SeeClass ShowArticle)) unless $class == $class{staff};
    grant($staff, $class, qw(SeeClass ShowArticle ShowArticleHistory CreateArticle ModifyArticle DisableArticle));
}
grant($_, RT->System, 'ModifySelf') for $unprivileged, $staff;

require "$ENV{HD_RT_HOME}/seed-content.pl";
