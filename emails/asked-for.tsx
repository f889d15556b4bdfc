import { type Frame, Layout } from "./layout.tsx";
import { type Call, MainButton, Note, PlainLink, Rule, Words } from "./parts.tsx";

export type AskedForLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  happened: string;
  next: string;
  /** None where signing in would lead nowhere. */
  button: { words: string; href: string } | null;
  plainLink: { title: string; text: string };
  who: { title: string; text: string };
  notYou: { title: string; text: string; call: Call };
};

/** Somebody asked for what the account cannot have now: what happened, and the way on where there is one. */
export function AskedForLetter(props: AskedForLetterProps) {
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Words>{props.happened}</Words>
      <Words>{props.next}</Words>
      {props.button && <MainButton href={props.button.href}>{props.button.words}</MainButton>}
      {props.button && <PlainLink {...props.plainLink} href={props.button.href} />}
      <Rule />
      <Note {...props.who} />
      <Note {...props.notYou} />
    </Layout>
  );
}
