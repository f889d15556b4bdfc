import type { Ceremony } from "./ceremony.ts";

/** Where each step is done. A step without a page does not compile. */
export const pages = {
  identify: "/sign-in",
  prove: "/sign-in/method",
  established: "/home",
  ended: "/sign-in",
} as const satisfies Record<Ceremony["step"], `/${string}`>;
