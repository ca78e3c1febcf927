import { useEffect, useState } from "preact/hooks";
import type { House } from "../live/house.ts";
import { BeliefsPanel } from "./beliefs_panel.tsx";
import { CameraPanel } from "./camera_panel.tsx";
import { Feel } from "./feel.tsx";
import { Header } from "./header.tsx";
import { Help } from "./help.tsx";
import { JourneyCard } from "./journey_card.tsx";
import { ListenerPanel } from "./listener_panel.tsx";
import { listen_to_keys } from "./keys.ts";
import { NowPlaying } from "./now_playing.tsx";
import { PlaylistsPanel } from "./playlists_panel.tsx";
import { Queue } from "./queue.tsx";
import { SongMapCard } from "./song_map.tsx";
import { tint_page } from "./theme.ts";
import { TodayPanel } from "./today_panel.tsx";
import { useCell } from "./use_cell.ts";

function NoticeBoard({ house }: { house: House }) {
  const notices = useCell(house.notices.shown);
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.map((notice) => <p key={notice.id} class="notice">{notice.text}</p>)}
    </div>
  );
}

export function App({ house }: { house: House }) {
  const [help, set_help] = useState(false);
  const { mood } = useCell(house.mood);
  useEffect(() => tint_page(mood), [mood]);
  useEffect(() => listen_to_keys(house, () => set_help(true)), [house]);
  return (
    <>
      <Header house={house} on_help={() => set_help(true)} />
      <main>
        <div class="columns">
          <Feel house={house} />
          <div class="side">
            <CameraPanel house={house} />
            <Queue house={house} />
            <TodayPanel house={house} />
            <PlaylistsPanel house={house} />
            <BeliefsPanel house={house} />
            <ListenerPanel house={house} />
          </div>
        </div>
        <JourneyCard house={house} />
        <SongMapCard house={house} />
      </main>
      <NowPlaying house={house} />
      <NoticeBoard house={house} />
      <Help shown={help} on_close={() => set_help(false)} />
    </>
  );
}
