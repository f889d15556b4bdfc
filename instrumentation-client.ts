import { askingAgain } from "#components/form/ask-again.ts";

// Before React takes over: forms and links of Next.js go through `fetch`.
window.fetch = askingAgain(window.fetch.bind(window), (ms) => new Promise((done) => setTimeout(done, ms)));
