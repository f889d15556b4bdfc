"use client";
import { Failed } from "./failed.tsx";
import "./globals.css";

/** Not even the outermost layout could be made. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="ms">
      <body>
        <main>
          <Failed retry={retry} />
        </main>
      </body>
    </html>
  );
}
