"use client";
import { useEffect, useState } from "react";
import type { Where } from "./trouble.ts";

/** `no_browser`: it knows nothing of passkeys. `not_here`: it does, but this machine lacks what that way needs. */
export type Standing = "unknown" | "works" | "not_here" | "no_browser";

export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === "function";

/** Whether that way can work in this browser on this machine; unknown until the browser has been asked, and without script. */
export function useWorks(where: Where): Standing {
  const [standing, setStanding] = useState<Standing>("unknown");
  useEffect(() => {
    if (!knowsPasskeys()) return setStanding("no_browser");
    let gone = false;
    void import("./what-works.ts")
      .then(({ whatWorks }) => whatWorks())
      // A browser that cannot say is taken to be able.
      .catch(() => ({ here: true, elsewhere: true }))
      .then((works) => {
        if (!gone) setStanding(works[where] ? "works" : "not_here");
      });
    return () => {
      gone = true;
    };
  }, [where]);
  return standing;
}
