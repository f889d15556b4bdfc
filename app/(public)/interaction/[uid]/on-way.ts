import type { System } from "#lib/relying-party/interaction/find-system.ts";

/** What every page on the way to a system is about. */
export type OnWay = {
  /** The request's id, which the browser's cookie holds too. */
  uid: string;
  system: System;
};
