// The only script of the pages, which work without it. Marks the page as able to run scripts (GOV.UK Frontend does this
// inline, which our content security policy forbids) and starts the components.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();
