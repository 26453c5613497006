#!/bin/sh
# Makes the prompts of this folder: espeak-ng speaks, sox brings it to 8 kHz PCM16 mono.
set -eu
cd "$(dirname "$0")"
say() { espeak-ng -v "$2" -s "$3" -w /tmp/prompt.$$.wav "$4"; sox /tmp/prompt.$$.wav -r 8000 -c 1 -b 16 "$1.wav" norm -6 pad 0.15 0.3; rm -f /tmp/prompt.$$.wav; }
say all-busy-en en-gb 150 "Hello. We have just called you, but all of our colleagues are busy at the moment. We are sorry, and will call again at another time. Goodbye."
say all-busy-zh cmn-latn-pinyin 165 "ni2 hao3 wo3men5 gang1cai2 gei3 nin2 da3 dian4hua4, dan4shi4 zuo4xi2 xian4zai4 dou1 zai4 mang2. fei1chang2 bao4qian4, wo3men5 hui4 zai4 qi2ta1 shi2jian1 zai4 lian2xi4 nin2. zai4jian4"
say nobody-here-en en-gb 150 "Thank you for calling. Nobody can take your call at the moment. We will call you back. Goodbye."
say nobody-here-zh cmn-latn-pinyin 165 "gan3xie4 nin2 de5 lai2dian4. xian4zai4 mei2you3 zuo4xi2 ke3yi3 jie1ting1, wo3men5 hui4 hui2dian4 gei3 nin2. zai4jian4"
say agent-lost-en en-gb 150 "We are sorry. The connection to our colleague was lost. We will call you back as soon as we can. Goodbye."
say agent-lost-zh cmn-latn-pinyin 165 "fei1chang2 bao4qian4, zuo4xi2 de5 xian4lu4 zhong1duan4 le5. wo3men5 hui4 jin3kuai4 gei3 nin2 hui2dian4. zai4jian4"
say voicemail-en en-gb 150 "The person you have called cannot take your call now. Please leave a message after the tone, and hang up when you are done."
say voicemail-zh cmn-latn-pinyin 165 "nin2 hu1jiao4 de5 ren2 xian4zai4 bu4 fang1bian4 jie1ting1. qing3 zai4 ti2shi4yin1 zhi1hou4 liu2yan2, liu2yan2 wan2bi4 qing3 gua4ji1"
say voicemail-full-en en-gb 150 "The person you have called cannot take your call now, and no message can be left. Please call again later. Goodbye."
say voicemail-full-zh cmn-latn-pinyin 165 "nin2 hu1jiao4 de5 ren2 xian4zai4 bu4 fang1bian4 jie1ting1, ye3 wu2fa3 liu2yan2. qing3 shao1hou4 zai4 bo1. zai4jian4"
# Twelve seconds of a soft arpeggio, to be repeated.
i=0; files=""
for n in C4 E4 G4 C5 A3 C4 E4 A4; do sox -n -r 8000 -c 1 -b 16 /tmp/note.$$.$i.wav synth 1.5 pluck $n fade 0.01 1.5 0.5 norm -16; files="$files /tmp/note.$$.$i.wav"; i=$((i+1)); done
sox $files hold.wav
rm -f $files
