handover-card = <b>{ $giver }</b> сдаёт <b>{ $declared }</b>
handover-own-card = Вы сдаёте <b>{ $declared }</b>
handover-carried = • <b>{ $amount }</b> — недостача прошлых сдач
handover-waits = Ждёт кассира до { $until }
handover-accepted = ✓ Принято: { $by }, { $at }
handover-counted = Посчитано: <b>{ $counted }</b>
handover-shortage = Недостача <b>{ $amount }</b> остаётся за сотрудником: { $giver }
handover-nothing-moved = Деньги остались на сотруднике.

key-accept = ✓ Принял
key-other-sum = Сумма не та
key-reject = Отклонить
key-new-link = Ссылка для кассира
key-withdraw = Забрать назад

handover-how-much = Заявлено { $declared }. Сколько посчитали вы? Напишите сумму, например: 9 500
handover-why-short = Не хватает { $shortage }. Напишите одной строкой, почему: это увидит собственник.
handover-counted-more = Посчитано больше заявленного на { $excess }, ничего не принято. Пересчитайте и напишите сумму ещё раз или отклоните сдачу.
handover-accepted-toast = Принято: { $counted }
handover-rejected-toast = Отклонено, деньги остались на сотруднике
handover-own = Свою кассу принимает другой человек. Ничего не изменилось.
handover-expired = Срок сдачи истёк { $at }, ничего не принято. Пусть менеджер сдаст кассу ещё раз.
handover-none = Такой сдачи нет, ничего не изменилось.
handover-link-dead = Ссылка не действует: её заменили новой или она устарела. Попросите у менеджера новую; ждущие сдачи: /awaiting
