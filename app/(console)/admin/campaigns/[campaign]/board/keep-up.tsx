"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";

type KeepUpProps = {
  /** What answers `{version, asOf}`. */
  path: string;
  version: string;
  /** As of when the figures are, in words. */
  asOf: string;
  /** Said once they were otherwise. */
  updated: string;
};

const EVERY_MS = 15_000;

/**
 * Asks whether anything on the board is otherwise while it is in sight, and only then for the board. That is no use of the
 * session: it ends as if nobody had asked. Without JavaScript the page stays as it was made.
 */
export function KeepUp({ path, version, asOf, updated }: KeepUpProps) {
  const { refresh } = useRouter();
  const shown = useRef(version);
  const [said, setSaid] = useState(asOf);
  const [changed, setChanged] = useState(false);

  useEffect(() => {
    shown.current = version;
    setSaid(asOf);
  }, [version, asOf]);

  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const answer = await fetch(path, { cache: "no-store", headers: { "x-by-itself": "1" } });
        if (!answer.ok) return;
        const found: { version: string; asOf: string } = await answer.json();
        setSaid(found.asOf);
        setChanged(found.version !== shown.current);
        if (found.version !== shown.current) refresh();
      } catch {
        // Out of reach for a moment: what stands there stays.
      }
    };
    const timer = window.setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [path, refresh]);

  return (
    <p className="as-of">
      {said} <span role="status">{changed && updated}</span>
    </p>
  );
}
