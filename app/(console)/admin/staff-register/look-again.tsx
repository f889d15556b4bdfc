"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 2_000;

/** Looks at the page again every two seconds while something is under way. Without JavaScript its link does. */
export function LookAgain() {
  const { refresh } = useRouter();
  useEffect(() => {
    const timer = setInterval(refresh, EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return null;
}
