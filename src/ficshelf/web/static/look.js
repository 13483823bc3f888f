// Runs before the first paint: the colours and the text size that were chosen last.
"use strict";
try {
  const root = document.documentElement;
  const theme = localStorage.getItem("theme");
  const size = localStorage.getItem("size");
  if (theme) root.dataset.theme = theme;
  if (size) root.dataset.size = size;
} catch {
  // Storage is switched off: the page looks as the device wants it.
}
