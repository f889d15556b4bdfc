export { default, generateMetadata } from "../../register/sent/page.tsx";
