"""What is true about the money: pure rules over plain records, standard library only."""
