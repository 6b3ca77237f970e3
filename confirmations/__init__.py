"""When a promise becomes a fact: payments, handovers and refunds, pending until resolved once. Pure."""
