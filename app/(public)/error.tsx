"use client";
import { Failed } from "../failed.tsx";

/** Within the frame, which has the helpdesk's number. */
export default function PublicErrorPage({ retry, error }: { retry: () => void; error: { digest?: string } }) {
  return <Failed retry={retry} digest={error.digest} />;
}
