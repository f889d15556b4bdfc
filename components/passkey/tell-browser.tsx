"use client";
import { useEffect } from "react";
import type { Accepted } from "./send-signals.ts";

/**
 * Shows nothing: tells the browser's password manager which passkeys still open the account, each time the page with
 * them is opened.
 */
export function TellBrowser({ accepted }: { accepted: Accepted }) {
  useEffect(() => {
    if (typeof PublicKeyCredential === "undefined" || !("signalAllAcceptedCredentials" in PublicKeyCredential)) return;
    void import("./send-signals.ts").then(({ signalAccepted }) => signalAccepted(accepted));
  }, [accepted]);
  return null;
}
