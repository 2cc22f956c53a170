import { Session } from 'node:inspector/promises';
import { boot } from './src/application.mjs';
import { InProcess } from './src/in-process.mjs';
import { ROWS } from './src/requests.mjs';
const [platform, variant, row]=process.argv.slice(2);
const app = await boot(platform, variant); const p = new InProcess(app.getHttpServer());
await p.run(ROWS[row], 30000);
const t=process.cpuUsage(); await p.run(ROWS[row], 40000); const u=process.cpuUsage(t); console.log((u.user+u.system)/40000,'us per request');
const s = new Session(); s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval',{interval:200}); await s.post('Profiler.start');
await p.run(ROWS[row], 40000);
const {profile:{nodes,samples}} = await s.post('Profiler.stop');
const byId=new Map(nodes.map(n=>[n.id,n])),self=new Map(); for(const id of samples) self.set(id,(self.get(id)??0)+1);
const agg=new Map(); for(const n of nodes){const k=n.callFrame.url.split('/').slice(-2).join('/')+':'+n.callFrame.functionName; agg.set(k,(agg.get(k)??0)+(self.get(n.id)??0));}
for(const [k,v] of [...agg].sort((a,b)=>b[1]-a[1]).slice(0,Number(process.env.N??30))) console.log((v/samples.length*100).toFixed(1),k);
process.exit();
