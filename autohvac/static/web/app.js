// Small improvements only: every page works without this file.
"use strict";

// A run that is live: fetch its progress part until it ends, then load the page again.
const progress = document.querySelector("[data-poll]");
if (progress) {
  const live = document.getElementById("live");
  const look = async () => {
    try {
      const answer = await fetch(progress.dataset.poll, { credentials: "same-origin" });
      if (answer.redirected) { location.reload(); return; }
      if (answer.ok) {
        progress.innerHTML = await answer.text();
        const summary = progress.querySelector("[data-summary]").textContent;
        if (live.textContent !== summary) live.textContent = summary;
        if (answer.headers.get("X-Run-Status") === "ended") { location.reload(); return; }
      }
    } catch { /* offline for a moment: look again */ }
    setTimeout(look, document.hidden ? 5000 : 1500);
  };
  setTimeout(look, 1500);
}

// Uploads show how much has been sent; the answer is the page a plain form would have got.
const form = document.querySelector("form[data-upload]");
if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const box = form.querySelector(".uploading");
    const bar = box.querySelector("progress");
    const button = form.querySelector("button");
    box.hidden = false;
    button.disabled = true;
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    });
    request.addEventListener("load", () => {
      if (request.status < 300) { location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const problem = page.querySelector(".problem") || page.querySelector("main h1");
      let shown = form.querySelector(".problem");
      if (!shown) {
        shown = document.createElement("p");
        shown.className = "problem";
        shown.setAttribute("role", "alert");
        box.before(shown);
      }
      shown.textContent = problem ? problem.textContent : String(request.status);
      box.hidden = true;
      button.disabled = false;
    });
    request.addEventListener("error", () => { form.submit(); });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}
