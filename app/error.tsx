"use client";
import { Failed } from "./failed.tsx";

export default function ErrorPage({ retry }: { retry: () => void }) {
  return <Failed retry={retry} />;
}
