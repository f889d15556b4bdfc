import { useSyncExternalStore } from "react";
import en from "#lib/text/en/errors.json" with { type: "json" };
import ms from "#lib/text/ms/errors.json" with { type: "json" };

const unchanging = () => () => {};

/** In the page's language. What went wrong is told in the browser, which gets no words from the server, so they are here. */
export const useErrorWords = (): typeof ms =>
  useSyncExternalStore(
    unchanging,
    () => document.documentElement.lang,
    () => "ms",
  ) === "en"
    ? en
    : ms;
