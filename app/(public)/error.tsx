"use client";
import { Failed } from "../failed.tsx";

/** Within the frame, which has the helpdesk's number. */
export default function PublicErrorPage({ retry }: { retry: () => void }) {
  return <Failed retry={retry} />;
}
