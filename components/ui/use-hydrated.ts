"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the script of the page has taken over: false in what the server sends, and for good without JavaScript. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** For what only a script can answer: its room is kept, but nobody meets a dead control. */
export const useNeedsScript = (): string => (useHydrated() ? "" : "needs-js");
