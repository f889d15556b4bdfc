import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { config } from "#lib/server/config.ts";
import { SiteFrame } from "../site-frame.tsx";

/** Letters that everybody at the machine can read: the demonstration alone has such a mailbox. */
export default function MailboxLayout({ children }: { children: ReactNode }) {
  if (config().mode !== "demo") notFound();
  return <SiteFrame>{children}</SiteFrame>;
}
