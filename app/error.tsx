"use client";
import { Failed } from "./failed.tsx";

/** What broke took its frame along. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <main id="main">
      <Failed retry={retry} />
    </main>
  );
}
