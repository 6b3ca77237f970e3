# Everybody: who you are here, what cannot be done, what nobody understood.

role-owner = собственник
role-manager = менеджер
role-cashier = кассир
role-accountant = бухгалтер

placeholder-owner = 500 такси
placeholder-manager = Моя касса
placeholder-cashier = Ждут приёма
placeholder-accountant = 500 канцтовары

welcome-owner =
    { $name }, здравствуйте! Вы здесь { $role }.
    Напишите расход одной строкой, например: <b>500 такси</b>.
    Пригласить людей: /invite
welcome-manager =
    { $name }, здравствуйте! Вы здесь { $role }.
    «Моя касса» покажет наличные, которые на вас, «Сдать кассу» передаст их кассиру.
welcome-cashier =
    { $name }, здравствуйте! Вы здесь { $role }.
    Когда менеджер сдаёт кассу, сюда приходит карточка: пересчитайте деньги и нажмите «Принял».
welcome-accountant =
    { $name }, здравствуйте! Вы здесь { $role }.
    Пришлите сюда файл выписки (1С, .txt), и строки разойдутся по платежам. Что вы разнесли, можно запомнить: /rules. Расход — одной строкой: <b>500 канцтовары</b>.

stranger = Здравствуйте! Этим ботом пользуются сотрудники компании. Попросите собственника прислать вам приглашение. Ваш номер: { $id }
access-closed = Доступ закрыт. Если это ошибка, обратитесь к собственнику.
invite-dead = Приглашение уже использовано или устарело. Попросите собственника прислать новое.
invite-works-here-already = { $name }, вы уже здесь работаете: приглашение не понадобилось и осталось в силе.
code-wrong = Код не подошёл. Он напечатан в окне, где запущен бот, и действует, пока нет собственника.

hint-owner = Расход — одной строкой: <b>500 такси</b>. Команды: /today, /month, /unconfirmed, /unexplained, /invite, /people, /close, /reopen, /check, /dead
hint-manager = Нажмите «Моя касса» или «Сдать кассу». Команды: /cash, /handover
hint-cashier = Нажмите «Ждут приёма» или «Возвраты». Команды: /awaiting, /refunds
hint-accountant = Пришлите файл выписки или расход одной строкой: <b>500 канцтовары</b>. Команды: /explain, /rules, /cards, /refund, /balance, /unconfirmed, /today, /month

unknown-command =
    Команды { $text } нет, ничего не изменилось.
    { $hint }
unknown-text =
    Не понял «{ $text }», ничего не записано.
    { $hint }
unknown-kind =
    Такое сообщение я не читаю{ $text }, ничего не записано.
    { $hint }
stale-button = Кнопка устарела, ничего не изменилось. Откройте нужное ещё раз из меню внизу.
cancelled = Отменено, ничего не изменилось.
card-moved = ↓ Карточка ниже
repeat = (повтор)
nobody = —
and-more = … и ещё { $count }

not-allowed = { $what } Вам это недоступно, ничего не изменилось.
verb-record-expense = Расходы записывают собственник и бухгалтер.
verb-see-own-cash = Свою кассу смотрят менеджеры и собственник.
verb-hand-over = Кассу сдают менеджеры.
verb-accept-handover = Деньги принимают кассир и собственник.
verb-import-statement = Выписки загружают бухгалтер и собственник.
verb-explain-line = Выписку разбирают бухгалтер и собственник.
verb-confirm-card-payment = Переводы на карту подтверждают бухгалтер и собственник.
verb-refund = Возвраты оформляют бухгалтер и собственник.
verb-pay-refund-from-desk = Возврат из кассы выдают кассир и собственник.
verb-apply-balance = Переплату зачитывают бухгалтер и собственник.
verb-see-reports = Отчёты смотрят собственник и бухгалтер.
verb-see-exceptions = Незакрытые платежи смотрят собственник и бухгалтер.
verb-invite = Людей приглашает собственник.
verb-close-period = Месяцы закрывает и открывает собственник.
verb-see-dead-letters = Недоставленное смотрит собственник.
verb-check-sheet = Таблицу проверяет собственник.

month-closed = Месяц { $month } закрыт, ничего не записано. Открыть его может собственник: /reopen

bad-amount-empty = здесь нет суммы. Напишите, например: 500
bad-amount-negative = сумма со знаком минус. Напишите её без минуса: 500
bad-amount-zero = сумма нулевая. Напишите, сколько потрачено: 500
bad-amount-too-large = сумма больше, чем бывает. Проверьте число: 1 500,50
bad-amount-ambiguous = «{ $text }» можно прочесть двумя способами. Напишите 1500 или 1,50
bad-amount-unclear = «{ $text }» не похоже на сумму. Подойдёт: 500, 1 500 или 1 500,50
bad-day-no-such-day = дня { $text } нет в календаре. Подойдёт: 20.11 или вчера
bad-day-future = день { $text } ещё не наступил. Запишите расход, когда он случится
sum-unclear = Не записал: { $why }

key-cancel = Отмена
key-back = ← Назад
key-on = Дальше →

method-cash = наличными
method-card-transfer = переводом на карту
method-terminal = через терминал
method-bank-transfer = на расчётный счёт
method-credit-agreement = в кредит
client-unnamed = без имени
client-contract = { $client }, договор { $contract }
crm-says = { $amount } { $method }
crm-says-nothing = суммы нет
listed-payment = • <b>{ $amount }</b> — { $who }
listed-difference = ⚠ в CRM сейчас: { $says }

ended-confirmed = ✓ Подтверждено: { $by }, { $at }
ended-rejected = ✗ Отклонено: { $by }, { $at }
ended-cancelled = Отменено: { $by }, { $at }
ended-expired = Срок истёк: { $at }
ended-replaced = Заменено новым: { $by }, { $at }
already-confirmed = Уже принято: { $by }, { $when }
already-rejected = Уже отклонено: { $by }, { $when }
already-cancelled = Уже отменено: { $by }, { $when }
already-expired = Срок уже истёк: { $when }. { $by }
already-replaced = Уже заменено новым: { $by }, { $when }

joined-card = <b>{ $name }</b> теперь работает с ботом: { $role }

incident-person = Не записал, сообщил администратору. Номер случая: { $number }. Попробуйте позже или другими словами.
incident-owner = ⚠ Сообщение ({ $name }) не обработано после нескольких попыток. Номер случая: { $number }, подробности в журнале работы.
poller-conflict = Этого бота уже слушает другая программа (или включён webhook). Остановите её и запустите снова: вдвоём они теряли бы сообщения.
poller-unauthorized = Telegram не принимает токен бота. Возьмите действующий у @BotFather и запишите его в настройки.
lost-contact = ⚠ { $name } больше не получает сообщения: бот остановлен. Пусть откроет его и нажмёт «Запустить».
