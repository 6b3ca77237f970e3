invite-which-role = Кого приглашаем?
invite-which-user = Кто это в CRM? Платежи сделок этого менеджера будут на нём.
key-without-crm = Нет в CRM
invite-usage = Роли «{ $text }» нет. Подойдёт: /invite, /invite кассир, /invite менеджер amocrm:7001
invite-link = Приглашение, { $role }. Перешлите ссылку человеку: она сработает один раз и живёт сутки. { $link }
people-head = <b>Люди</b>
people-row = • { $name } — { $role }, CRM: { $crm }
people-row-unreachable = • { $name } — { $role }, CRM: { $crm } (остановил бота)

close-usage = Напишите месяц: /close 2026-02
reopen-usage = Напишите месяц и причину: /reopen 2026-02 забыли счёт за рекламу
period-closed = { $month }: месяц закрыт вместе со всеми прежними. Записей в него больше не будет.
month-not-over = { $month }: месяц ещё не кончился, закрывать рано. Ничего не изменилось.
period-reopened = { $month }: месяц открыт до { $until }, потом закроется сам.
period-not-closed = { $month }: месяц и так открыт, ничего не изменилось.

check-asked = Проверяю таблицу, это займёт до минуты. Что найду, верну и напишу сюда.
check-no-sheet = Таблица не подключена: в настройках бота нет раздела [sheet]. Проверять нечего.
check-agrees = <b>{ $where }</b>: проверена, всё сходится с учётом. Строк журнала: { $rows }, ячеек: { $cells }.
check-found = <b>{ $where }</b>: нашлись изменения
check-line = • { $text }

dead-none = Всё доставлено.
dead-head = Не доставлено: <b>{ $count }</b>
dead-row = • { $channel }: { $entity }
dead-update = • сообщение, номер случая { $number }
key-revive = Отправить снова
revived = Поставлено в очередь снова: { $count }
