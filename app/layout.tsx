import type { Metadata, Viewport } from "next";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { messages } from "#lib/text/messages.ts";
import "./globals.css";

// The name is the same in every language, so no request has to be looked at for it.
const { product } = messages.ms.common;
export const metadata: Metadata = {
  title: { default: product, template: `%s · ${product}` },
  robots: { index: false },
  applicationName: product,
  appleWebApp: { capable: true, title: product, statusBarStyle: "default" },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#FFFFFF" },
    { media: "(prefers-color-scheme: dark)", color: "#121A27" },
  ],
};

/** Reads the language from the request, so that no page is made ahead of it: each carries a nonce of its own. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await getLocale()}>
      <body>{children}</body>
    </html>
  );
}
