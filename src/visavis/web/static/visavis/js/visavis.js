"use strict";
/* What HTML does not do by itself yet. Every page works without this file. */
(() => {
  const root = document.documentElement;
  const first = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  /* Toasts: copied from templates of the page, so that their words are translated by the server. */
  const toast = (name) => {
    const box = first("#toasts");
    const words = first(`#toast-${name}`);
    if (box && words) box.append(words.content.cloneNode(true));
  };
  const fade = (box) => new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    if (node.dataset && node.dataset.level !== "error") setTimeout(() => node.remove(), 8000);
  }))).observe(box, { childList: true });

  /* Menus close when the attention goes elsewhere. */
  const closeMenus = (except) => all("details.menu[open]").forEach((menu) => {
    if (!except || !menu.contains(except)) menu.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) { menu.open = false; first("summary", menu).focus(); }
  });

  /* Dialogues: <a href="/page/" data-dialog="id">; without scripts the link leads to the page. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });

  /* Single keys, which can be switched off: / search, ? help, j and k along a list, r the first gesture;
     on some pages, the buttons that show their key (data-press). */
  const rows = () => all("[data-keys] > li");
  const attend = (one) => { one.tabIndex = -1; one.focus({ preventScroll: true }); };
  const move = (step) => {
    const list = rows();
    if (!list.length) return;
    const here = list.findIndex((row) => row.contains(document.activeElement));
    const row = list[Math.max(0, Math.min(list.length - 1, here + step))];
    attend(row);
    row.scrollIntoView({ block: "nearest" });
  };
  const gesture = () => {
    const row = rows().find((one) => one.contains(document.activeElement));
    const button = row && first(".buttons .button", row);
    if (button) button.focus();
  };
  const search = () => { const field = first("input[type=search]"); if (field) field.focus(); };
  const help = () => { const link = first("a[data-help]"); if (link) link.click(); };
  const keys = { j: () => move(1), k: () => move(-1), r: gesture, "/": search, "?": help };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    if (root.dataset.keys === "off" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = /^\w$/.test(event.key) && first(`[data-press="${event.key}"]`);
    const act = pressed && !event.repeat ? () => pressed.click() : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* Appearance changes at once; the form then tells the server. */
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-preferences]") || !button || button.name !== "theme") return;
    if (button.value === "system") delete root.dataset.theme;
    else root.dataset.theme = button.value;
  });

  /* Typed text outlives a failed submit: <form data-keep="name">. Forgotten once a success is told. */
  const kept = (form) => `kept:${location.pathname}:${form.dataset.keep}`;
  const fields = (form) => all("textarea, input[type=text], input[type=search]", form).filter((field) => field.name);
  const keep = (form) => {
    const values = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
    try { sessionStorage.setItem(kept(form), JSON.stringify(values)); } catch { /* a full or closed store keeps nothing */ }
  };
  const restore = (form) => {
    let values = null;
    try { values = JSON.parse(sessionStorage.getItem(kept(form))); } catch { return; }
    const lost = fields(form).filter((field) => values && values[field.name] && !field.value);
    lost.forEach((field) => { field.value = values[field.name]; });
    if (lost.length) toast("restored");
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keep(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]")) sessionStorage.setItem("sent", kept(event.target));
  });
  const forget = () => {
    const sent = sessionStorage.getItem("sent");
    if (!sent || !first(".message[data-level=success]")) return;
    [sent, "sent"].forEach((key) => sessionStorage.removeItem(key));
  };

  /* A file dropped anywhere on its frame. */
  const drop = (frame) => {
    const input = first("input[type=file]", frame);
    const hint = first("[data-drop-hint]", frame);
    if (hint) hint.hidden = false;
    ["dragenter", "dragover"].forEach((name) => frame.addEventListener(name, (event) => {
      event.preventDefault();
      frame.dataset.over = "";
    }));
    ["dragleave", "drop"].forEach((name) => frame.addEventListener(name, () => delete frame.dataset.over));
    frame.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  /* On a narrow screen the links of a section scroll: the one of this page is brought into sight. */
  const bring = (here) => { const row = here.closest("ul"); row.scrollLeft = here.offsetLeft - row.offsetLeft - 32; };

  /* Once per piece of page, on arrival and after each swap. */
  const settle = (where) => {
    all("[data-drop]", where).forEach(drop);
    all(".tabs > ul [aria-current]", where).forEach(bring);
    all("form[data-keep]", where).forEach(restore);
    const summary = first("[data-summary]", where);
    if (summary) summary.focus();
  };
  document.addEventListener("DOMContentLoaded", () => {
    forget();
    const box = first("#toasts");
    if (box) fade(box);
    settle(document);
  });
  /* What a swap takes away gives the attention to what came instead: keys go on from there. */
  let held = "";
  document.addEventListener("htmx:beforeSwap", ({ detail }) => { held = detail.target.contains(document.activeElement) ? detail.target.id : ""; });
  document.addEventListener("htmx:afterSettle", () => {
    const came = document.activeElement === document.body && document.getElementById(held);
    held = "";
    if (came) attend(first("h2, h3", came) || came);
    forget();
  });
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) settle(event.target); });
  document.addEventListener("htmx:responseError", () => toast("failed"));
  document.addEventListener("htmx:sendError", () => toast("offline"));
})();
