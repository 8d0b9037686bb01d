// What is private to Streamlit and leaned on nevertheless, each thing behind a name.
// Where an upgrade breaks one, tests/browser/test_leaned_on.py says which.

/** The page's ground has the theme's colour; Streamlit tells the theme by nothing else. */
export const ground = () => document.querySelector(".stApp");

/** Streamlit's own dialog about a lost connection would cover the map in front of a room; our own line says it calmly. */
export function keepDialogsShut() {
  const shut = () => {
    for (const button of document.querySelectorAll(".stDialog button")) /** @type {HTMLElement} */ (button).click();
  };
  new MutationObserver(shut).observe(document.body, { childList: true });
}
