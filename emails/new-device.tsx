import { type Frame, Layout } from "./layout.tsx";
import { type Call, type Door, MainButton, Note, PlainLink, Rule, Words } from "./parts.tsx";

export type NewDeviceLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  lead: string;
  when: string;
  button: { words: string; href: string };
  validity: string;
  plainLink: { title: string; text: string };
  notYou: { title: string; text: string; call: Call; door?: Door };
};

/** When and from where come first: that is what its reader compares with memory. */
export function NewDeviceLetter(props: NewDeviceLetterProps) {
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Words>
        <strong>{props.when}</strong>
      </Words>
      <Words>{props.lead}</Words>
      <MainButton href={props.button.href}>{props.button.words}</MainButton>
      <Words>{props.validity}</Words>
      <PlainLink {...props.plainLink} href={props.button.href} />
      <Rule />
      <Note {...props.notYou} first />
    </Layout>
  );
}
