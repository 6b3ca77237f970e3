expense-card = −{ $amount } · <b>{ $article }</b>{ $words } · { $place } · { $day }
expense-undone-card =
    <s>{ $line }</s>
    Отменено
expense-which-article = Какая это статья? Запомню на будущее.
expense-choose-article = −{ $amount }{ $words }: выберите статью
expense-article-chosen = Статья: { $article }

key-undo = Отменить
key-article = Статья
key-yesterday = Вчера
key-again = Ещё раз

expense-undone = Отменено
expense-article-changed = Статья изменена, запомнил
expense-day-changed = Записано на вчера
expense-undone-already = Этот расход ({ $amount }) уже отменён, ничего не изменилось.
expense-none = Такого расхода у вас нет, ничего не изменилось.
expense-repeated-already = Сегодня этот расход уже повторён: карточка ниже. Ещё один запишите строкой.
expense-differs = Это сообщение уже записано с другой суммой. Напишите новое.
article-none = Такой статьи больше нет, ничего не изменилось. Выберите другую.
expense-bad-line =
    Не записал ничего. Строка { $number } «{ $text }»: { $why }
expense-too-many-lines = Слишком много строк, ничего не записано. В одном сообщении — не больше { $count }.
edit-not-an-expense = Исправить можно только записанный расход. Ничего не изменилось, напишите новое сообщение.
edit-changed-nothing = Прежняя запись осталась как была.
