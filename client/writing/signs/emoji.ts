/** A choice of emoji with their names, in English and German; a line each, groups begin with `#`. */
export const EMOJI = `#faces
😀 grinning happy;grinsen froh
😄 laughing joy;lachen freude
😂 tears of joy;freudentränen lachen
🙂 slight smile;lächeln
😉 wink;zwinkern
😊 blush smile;lächeln rot
😍 heart eyes love;herzaugen verliebt
😘 kiss;kuss
😎 cool sunglasses;cool sonnenbrille
🤔 thinking;nachdenken
🤨 raised eyebrow doubt;augenbraue zweifel
😐 neutral;neutral
🙄 rolling eyes;augen rollen
😴 sleeping;schlafen
😢 crying sad;weinen traurig
😭 sobbing;heulen
😡 angry;wütend
😱 scream shock;schrei schreck
😅 sweat relief;schweiß erleichtert
🤯 mind blown;kopf explodiert
🥳 party celebrate;feiern party
🤗 hug;umarmung
🤝 handshake;handschlag
🙈 see no evil monkey;affe nichts sehen
#hands
👍 thumbs up yes;daumen hoch ja
👎 thumbs down no;daumen runter nein
👏 clapping applause;klatschen applaus
🙏 please thanks pray;bitte danke beten
👋 wave hello;winken hallo
✋ raised hand stop;hand melden halt
👌 ok perfect;ok perfekt
✌️ victory peace;sieg frieden
🤞 fingers crossed luck;daumen drücken glück
💪 strong muscle;stark muskel
👀 eyes look;augen schauen
👉 pointing right;zeigen rechts
👇 pointing down;zeigen unten
☝️ pointing up one;zeigen oben eins
✍️ writing;schreiben
#signs
❤️ heart love;herz liebe
💔 broken heart;gebrochenes herz
⭐ star;stern
✨ sparkles new;funkeln neu
🔥 fire hot;feuer heiß
💯 hundred full;hundert voll
✅ check done;haken erledigt
☑️ box ticked;kästchen angehakt
❌ cross wrong;kreuz falsch
❗ exclamation important;ausrufezeichen wichtig
❓ question;frage
⚠️ warning;warnung achtung
🚫 forbidden;verboten
🛑 stop;stopp
♻️ recycle again;recyceln wieder
🔒 lock closed;schloss zu
🔓 open lock;schloss offen
🔑 key;schlüssel
💡 idea light bulb;idee glühbirne
💬 speech bubble;sprechblase
🔔 bell notify;glocke
📌 pin;nadel
🎯 target aim;ziel
➡️ arrow right;pfeil rechts
⬅️ arrow left;pfeil links
⬆️ arrow up;pfeil hoch
⬇️ arrow down;pfeil runter
🔴 red circle;roter kreis
🟡 yellow circle;gelber kreis
🟢 green circle;grüner kreis
🔵 blue circle;blauer kreis
#work
📅 calendar date;kalender termin
⏰ alarm clock time;wecker zeit
⏳ hourglass waiting;sanduhr warten
📝 memo notes;notiz
📄 page document;seite dokument
📎 paper clip;büroklammer
📁 folder;ordner
📊 bar chart;diagramm
📈 chart up;kurve steigt
📉 chart down;kurve fällt
📧 mail;mail brief
📞 phone;telefon
💻 laptop computer;laptop rechner
🖨️ printer;drucker
🔍 magnifier search;lupe suchen
🔧 wrench tool;schraubenschlüssel werkzeug
🧪 test tube experiment;reagenzglas versuch
🧮 abacus calculate;abakus rechnen
📚 books;bücher
🎓 graduation;abschluss
🏫 school;schule
🏠 house home;haus
🚀 rocket start;rakete start
🐛 bug error;käfer fehler
🎉 party popper;konfetti
🏆 trophy;pokal
🥇 first place medal;goldmedaille erster
💰 money;geld
🗳️ ballot vote;abstimmung wahl
#world
☀️ sun;sonne
🌧️ rain;regen
❄️ snow;schnee
🌈 rainbow;regenbogen
🌍 earth world;erde welt
🌱 seedling grow;keimling wachsen
🌳 tree;baum
🌻 flower;blume
🐶 dog;hund
🐱 cat;katze
🐢 turtle slow;schildkröte langsam
🍎 apple;apfel
🍕 pizza;pizza
🎂 cake birthday;kuchen geburtstag
☕ coffee;kaffee
🍺 beer;bier
🚗 car;auto
🚲 bicycle;fahrrad
🚆 train;zug
✈️ plane;flugzeug
⚽ football;fußball
🎵 music note;musik note
🎨 art palette;kunst palette
📷 camera;kamera`

/** Signs that keyboards lack, in the same form. */
export const CHARACTERS = `#marks
– en dash;halbgeviertstrich
— em dash;geviertstrich
… ellipsis;auslassung
“ quotation opening;anführung auf englisch
” quotation closing;anführung zu englisch
„ low quotation;anführung auf deutsch
« guillemet opening;guillemet auf
» guillemet closing;guillemet zu
‹ single guillemet opening;einfaches guillemet auf
› single guillemet closing;einfaches guillemet zu
’ apostrophe;apostroph
· middle dot;mittelpunkt
• bullet;aufzählungspunkt
¿ inverted question;umgekehrtes fragezeichen
¡ inverted exclamation;umgekehrtes ausrufezeichen
§ section;paragraf
¶ paragraph;absatzzeichen
† dagger;kreuz
№ number;nummer
© copyright;urheberrecht
® registered;eingetragen
™ trade mark;marke
#currencies
€ euro;euro
£ pound;pfund
¥ yen;yen
¢ cent;cent
₹ rupee;rupie
₽ rouble;rubel
₺ lira;lira
₿ bitcoin;bitcoin
#mathematics
± plus minus;plusminus
× times multiply;mal
÷ divide;geteilt
− minus;minus
≠ not equal;ungleich
≈ approximately;ungefähr
≤ less or equal;kleiner gleich
≥ greater or equal;größer gleich
∞ infinity;unendlich
√ square root;wurzel
∑ sum;summe
∏ product;produkt
∫ integral;integral
∂ partial;partiell
∆ difference delta;differenz delta
∈ element of;element von
∉ not element of;nicht element von
∅ empty set;leere menge
⊂ subset;teilmenge
∪ union;vereinigung
∩ intersection;schnitt
∀ for all;für alle
∃ exists;es gibt
¬ not;nicht
∧ and;und
∨ or;oder
⇒ implies;folgt
⇔ equivalent;äquivalent
° degree;grad
µ micro;mikro
½ one half;ein halb
¼ one quarter;ein viertel
¾ three quarters;drei viertel
² squared;quadrat hoch zwei
³ cubed;hoch drei
‰ per mille;promille
π pi;pi
Ω omega ohm;omega ohm
α alpha;alpha
β beta;beta
γ gamma;gamma
λ lambda;lambda
#arrows
→ right;rechts
← left;links
↑ up;hoch
↓ down;runter
↔ both ways;beide richtungen
↩ return back;zurück
↳ below right;darunter rechts
⇧ shift;umschalt
⌘ command;befehlstaste
⌥ option;wahltaste
⏎ enter;eingabe
✓ check;haken
✗ cross;kreuz
☐ box;kästchen
☑ box ticked;kästchen angehakt
★ star;stern
☆ open star;offener stern
♥ heart;herz`
