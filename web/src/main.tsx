import { render } from "preact";
import { House } from "./live/house.ts";
import "./style/page.css";
import { App } from "./ui/app.tsx";
import { apply_theme } from "./ui/theme.ts";

const page = document.getElementById("page");
const audio = document.getElementById("player");
if (page === null || !(audio instanceof HTMLAudioElement)) throw new Error("index.html lacks #page or #player");

apply_theme();
const house = new House(audio);
render(<App house={house} />, page);
house.open();
