// Fetch the figures again every few seconds while the page is looked at; without this file the page reloads itself.
"use strict";
const figures = document.getElementById("figures");
const refresh = async () => {
  if (!document.hidden && !figures.contains(document.activeElement)) {
    try {
      const answer = await fetch(figures.dataset.refresh, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) figures.innerHTML = await answer.text();
    } catch { /* offline for a moment: try again */ }
  }
  setTimeout(refresh, 5000);
};
setTimeout(refresh, 5000);
