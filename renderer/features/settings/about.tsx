import { useEffect, useState } from 'react';
import type { AppInfo } from '../../../shared/contract/app.ts';
import { useSession } from '../../platform/session.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { LICENCES } from './licences.ts';
import { Row, Section } from './section.tsx';

/** Which build this is, and whose work is in it. */
export function About() {
  const { platform } = useSession();
  const [info, setInfo] = useState<AppInfo | undefined>(undefined);
  useEffect(() => {
    let isHere = true;
    void platform.app.info().then((answer) => {
      if (isHere && answer.ok) setInfo(answer.value);
    });
    return () => {
      isHere = false;
    };
  }, [platform]);
  return (
    <Section title="About">
      {info === undefined ? null : (
        <Row title={`${info.name} ${info.version}`} hint={describeRuntime(info)}>
          <CopyButton label="Copy the versions" text={() => `${info.name} ${info.version}, ${describeRuntime(info)}`} />
        </Row>
      )}
      <div className="st-lic">
        <p>
          Catwalk is under the MIT licence. <b>@flowplayer/player</b>, the player of Preview, is not: it is under
          Flowplayer’s commercial licence, and playing your streams with it is a matter of your contract with
          Flowplayer. A copy of Catwalk that was made without it plays with hls.js.
        </p>
        <table>
          <caption className="sr">Licences of what is inside</caption>
          <thead>
            <tr>
              <th scope="col">Inside</th>
              <th scope="col">Licence</th>
            </tr>
          </thead>
          <tbody>
            {LICENCES.map(({ names, licence }) => (
              <tr key={licence}>
                <td>{names.join(', ')}</td>
                <td>{licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

const describeRuntime = ({ versions, platform, packaged }: AppInfo): string =>
  `Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}, ${platform}${packaged ? '' : ', from sources'}`;
