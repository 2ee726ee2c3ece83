// The script of all pages, which work without it. Marks the page as able to run scripts (GOV.UK Frontend does this
// inline, which our content security policy forbids) and starts the components.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();

// An invitation stands behind the # of the address that was handed over: so it reaches no server before it is sent, and
// no log. It is put into its field, and taken out of the address.
const invitation = document.querySelector("[data-from-address]");
if (invitation && location.hash.length > 1) {
  invitation.value ||= decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

// A passkey is the one thing that does not work without: its script comes with the pages that ask for one.
if (document.querySelector("form[data-passkey]")) import("./passkey.js");

// Out of here at once: by the button without this script, by Escape pressed three times with it. The page is emptied
// before the answer comes, and takes its own place in the history.
const PRESSES = 3;
const WITHIN = 2000;
const leaving = document.querySelector("form[data-leave]");
let pressed = [];

function leave() {
  const sent = new FormData(leaving);
  const away = leaving.dataset.leave;
  const kept = keepTyped();
  document.body.replaceChildren();
  document.title = "…";
  kept
    .then(() => fetch(leaving.action, { method: "POST", body: sent, keepalive: true, redirect: "manual" }))
    .finally(() => location.replace(away));
}

if (leaving) {
  leaving.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Escape") {
      pressed = [];
      return;
    }
    pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (pressed.length >= PRESSES) leave();
  });
}

// The page says when its session ends. A minute before, it says so again; afterwards nothing stays on the screen.
const MINUTE = 60000;
const ends = document.querySelector("[data-ends]");
let warning, ending;

function endsIn(seconds) {
  const left = seconds * 1000;
  clearTimeout(warning);
  clearTimeout(ending);
  ends.classList.remove("tc-ends--soon");
  warning = setTimeout(() => {
    ends.classList.add("tc-ends--soon");
    ends.textContent = ends.dataset.warning;
  }, Math.max(left - MINUTE, 0));
  ending = setTimeout(() => {
    document.body.replaceChildren();
    location.replace("/sign-in");
  }, left + 1000);
}

if (ends) endsIn(Number(ends.dataset.ends));

// What is typed is kept on the server, sealed, while it is typed: so that an end of the session, the quick way out or a
// dead line loses nothing. Who types is there: the session lasts from then on.
const PAUSE = 1500;
const keeping = document.querySelector("form[data-keep]");
let typed = false;
let waiting;

async function keepTyped() {
  clearTimeout(waiting);
  if (!keeping || !typed) return;
  typed = false;
  keeping.elements.kept.value = "1"; // before the answer: the form may be sent meanwhile, and what is kept goes with it
  const body = new URLSearchParams([...new FormData(keeping)].filter(([, value]) => typeof value === "string"));
  body.set("by", "script");
  try {
    const answer = await fetch(keeping.dataset.keep, { method: "POST", body, keepalive: true, redirect: "manual" });
    if (!answer.ok || !ends) return;
    ends.textContent = await answer.text();
    endsIn(Number(answer.headers.get("Session-Seconds")));
  } catch {
    typed = true; // the line is dead: with the next sign that is typed it is tried again
  }
}

if (keeping) {
  keeping.addEventListener("input", () => {
    typed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keepTyped, PAUSE);
  });
  keeping.addEventListener("submit", () => {
    typed = false;
    clearTimeout(waiting);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepTyped();
  });
}

// A page that a browser kept for its Back button shows nothing until the server has been asked again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
