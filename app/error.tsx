"use client";
import { Failed } from "./failed.tsx";

/** What broke took its frame along. */
export default function ErrorPage({ retry, error }: { retry: () => void; error: { digest?: string } }) {
  return (
    <main id="main">
      <Failed retry={retry} digest={error.digest} />
    </main>
  );
}
