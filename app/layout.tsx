import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { APPEARANCE_COOKIE, type Appearance, appearanceIn } from "#lib/kernel/appearance.ts";
import { config } from "#lib/server/config.ts";
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

/** Of the browser around the page. */
const bars = { light: "#FFFFFF", dark: "#121A27" } as const;

const currentAppearance = async (): Promise<Appearance> =>
  appearanceIn((await cookies()).get(APPEARANCE_COOKIE)?.value);

export async function generateViewport(): Promise<Viewport> {
  const chosen = await currentAppearance();
  if (chosen !== "device") return { colorScheme: chosen, themeColor: bars[chosen] };
  const themeColor = (["light", "dark"] as const).map((scheme) => ({
    media: `(prefers-color-scheme: ${scheme})`,
    color: bars[scheme],
  }));
  return { colorScheme: "light dark", themeColor };
}

/**
 * Reads the language and the look from the request, so that no page is made ahead of it: each carries a nonce of its
 * own.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [language, appearance] = await Promise.all([getLocale(), currentAppearance()]);
  const { colour } = config().agency;
  return (
    <html lang={language} data-theme={appearance === "device" ? undefined : appearance}>
      <body>
        {children}
        {colour !== "nila" && <link rel="stylesheet" href={`/agency/look.css?colour=${colour}`} precedence="agency" />}
      </body>
    </html>
  );
}
