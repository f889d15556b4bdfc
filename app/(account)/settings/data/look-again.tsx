"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks for the page again every `seconds` while something is being made. Without JavaScript a link beside it does. */
export function LookAgain({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), seconds * 1_000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
