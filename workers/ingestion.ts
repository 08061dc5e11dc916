import { startIngestionProcess } from '../src/app/ingestionWorker';
import { liveAsProcess } from '../src/app/processLife';

void liveAsProcess('ingestion', (config, log) => startIngestionProcess(config, log, Date.now));
