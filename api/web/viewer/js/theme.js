// Runs before the first paint, so that a dark page never flashes white.
"use strict";
(() => {
  const stored = (() => {
    try { return localStorage.getItem("groundwork.theme"); } catch { return null; }
  })();
  const dark = stored ? stored === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
