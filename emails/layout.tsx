import type { CSSProperties, ReactNode } from "react";
import { Body, Container, Head, Heading, Html, Preview, Section, Text } from "react-email";

/** What every letter has around it: whose it is, in the letter's language. */
export type Frame = { language: string; product: string; agency: string; never: string; address: string };

/** Letters are always light, so the colours of the light theme are written out: mail programs know no variables. */
export const colour = {
  canvas: "#F5F7FA",
  surface: "#FFFFFF",
  line: "#DEE3EB",
  ink: "#161D29",
  inkMuted: "#515C6E",
  primary: "#1E428F",
  onPrimary: "#FFFFFF",
  primarySoft: "#F1F5FD",
  primaryLine: "#C5D6F5",
  gold: "#E5AF33",
} as const;

export const bodyFont = "Inter,'Segoe UI',Roboto,Arial,sans-serif";
export const headingFont = "Poppins,Inter,'Segoe UI',Arial,sans-serif";

export const words: CSSProperties = {
  margin: "0 0 14px",
  fontFamily: bodyFont,
  fontSize: 16,
  lineHeight: "26px",
  color: colour.ink,
};
export const quietWords: CSSProperties = { ...words, color: colour.inkMuted };

const card: CSSProperties = {
  maxWidth: 600,
  backgroundColor: colour.surface,
  border: `1px solid ${colour.line}`,
  borderRadius: 14,
  borderCollapse: "separate",
  overflow: "hidden",
};
const stripe: CSSProperties = { height: 6, fontSize: 0, lineHeight: 0 };

/** The thread of gold over the letter. A table, since mail programs agree on nothing else. */
function Stripe() {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td width={96} style={{ ...stripe, backgroundColor: colour.gold }} />
          <td style={{ ...stripe, backgroundColor: colour.primary }} />
        </tr>
      </tbody>
    </table>
  );
}

export function Layout({
  frame,
  preview,
  heading,
  children,
}: {
  frame: Frame;
  preview: string;
  heading: string;
  children: ReactNode;
}) {
  return (
    <Html lang={frame.language}>
      <Head>
        <title>{heading}</title>
        <meta name="color-scheme" content="light only" />
        <meta name="supported-color-schemes" content="light only" />
      </Head>
      <Preview>{preview}</Preview>
      <Body style={{ margin: 0, padding: 0, backgroundColor: colour.canvas }}>
        <Section style={{ padding: "24px 12px" }}>
          <Container style={card}>
            <Stripe />
            <Section style={{ padding: "24px 28px 26px" }}>
              <Text style={{ ...quietWords, lineHeight: "24px", margin: "0 0 24px" }}>
                <strong style={{ fontFamily: headingFont, fontSize: 20, lineHeight: "28px", color: colour.ink }}>
                  {frame.product}
                </strong>
                <br />
                {frame.agency}
              </Text>
              <Heading
                as="h1"
                style={{
                  margin: "0 0 14px",
                  fontFamily: headingFont,
                  fontSize: 26,
                  lineHeight: "34px",
                  fontWeight: 600,
                  letterSpacing: "-.3px",
                  color: colour.ink,
                }}
              >
                {heading}
              </Heading>
              {children}
            </Section>
          </Container>
          <Container style={{ maxWidth: 600 }}>
            <Text style={{ ...quietWords, lineHeight: "24px", margin: 0, padding: "18px 28px 0" }}>
              {frame.never}
              <br />
              {frame.agency}, {frame.address}
            </Text>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}
