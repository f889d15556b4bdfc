import type { ReactNode } from "react";
import { SiteFrame } from "../site-frame.tsx";

/** Letters that everybody at the machine can read: the demonstration alone has such a mailbox. */
export default function MailboxLayout({ children }: { children: ReactNode }) {
  return <SiteFrame>{children}</SiteFrame>;
}
