expense-card = −{ $amount } · <b>{ $article }</b>{ $words } · { $place } · { $day }
expense-undone-card =
    <s>{ $line }</s>
    Undone
expense-which-article = Which article is it? I shall remember.
expense-choose-article = −{ $amount }{ $words }: choose an article
expense-article-chosen = Article: { $article }

key-undo = Undo
key-article = Article
key-yesterday = Yesterday
key-again = Again

expense-undone = Undone
expense-article-changed = Article changed and remembered
expense-day-changed = Recorded for yesterday
expense-undone-already = This expense ({ $amount }) was undone before, nothing has changed.
expense-none = You have no such expense, nothing has changed.
expense-repeated-already = This expense was repeated today: the card is below. Write another one as a line.
expense-differs = This message is recorded with another sum. Write a new one.
article-none = That article is gone, nothing has changed. Choose another.
expense-bad-line =
    Nothing was recorded. Line { $number } “{ $text }”: { $why }
expense-too-many-lines = Too many lines, nothing was recorded. One message may have { $count }.
edit-not-an-expense = Only a recorded expense can be edited. Nothing has changed, write a new message.
edit-changed-nothing = The former record stays as it was.
