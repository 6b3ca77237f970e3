/** Until the page proper answers: how many days of the history have been played. */

const LOOK_MS = 500;
const bar = document.getElementById("bar");
const count = document.getElementById("count");

async function look() {
  const answer = await fetch("/api/version", { cache: "no-store" });
  if (answer.ok) {
    location.reload();
    return;
  }
  const { done, days } = await answer.json();
  bar.max = days;
  bar.value = done;
  count.textContent = done < days ? `День ${done} из ${days}` : "Последние приготовления";
}

// The server is away for a moment while the page proper takes its place.
setInterval(() => look().catch(() => undefined), LOOK_MS);
