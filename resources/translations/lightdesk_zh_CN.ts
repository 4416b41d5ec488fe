<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActionRow</name>
    <message>
        <source>What can be done with it</source>
        <translation>可进行的操作</translation>
    </message>
</context>
<context>
    <name>AnswerBubble</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为纯文本</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Delete question and answer</source>
        <translation>删除此问答</translation>
    </message>
</context>
<context>
    <name>AnswerGridView</name>
    <message>
        <source>No row passes the filters.</source>
        <translation>没有符合筛选条件的行。</translation>
    </message>
    <message>
        <source>Answer grid</source>
        <translation>回答表</translation>
    </message>
    <message>
        <source>The selected rows are too scattered in this order to stay selected.</source>
        <translation>按此顺序，所选的行过于分散，已取消选择。</translation>
    </message>
    <message>
        <source>The first {count} rows were copied. Export gives all of them.</source>
        <translation>已复制前 {count} 行。导出可得到全部内容。</translation>
    </message>
</context>
<context>
    <name>AnswerTable</name>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Copy selected text</source>
        <translation>复制所选文字</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制网址</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>AnswerWords</name>
    <message>
        <source>built-in reader: text in the picture, no vision model</source>
        <translation>内置文字识别：只读图中文字，不是视觉模型</translation>
    </message>
    <message>
        <source>{read} in, {written} out</source>
        <translation>输入 {read}，输出 {written}</translation>
    </message>
    <message>
        <source>first word {seconds} s</source>
        <translation>首字 {seconds} 秒</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} token/秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Stopped by you before anything arrived.</source>
        <translation>已由您停止，尚未收到任何内容。</translation>
    </message>
    <message>
        <source>Stopped by you. What arrived is kept.</source>
        <translation>已由您停止。已收到的内容会保留。</translation>
    </message>
    <message>
        <source>Interrupted when Lightdesk closed. Ask again for the whole answer.</source>
        <translation>Lightdesk 关闭时中断。重新提问即可获得完整回答。</translation>
    </message>
    <message>
        <source>Stopped at the length limit. To get all of it, raise the longest answer in the options and ask again.</source>
        <translation>已达到长度上限。要获得完整回答，请在选项中调高回答长度后重新提问。</translation>
    </message>
    <message>
        <source>The answer is empty. Ask in other words, or ask again.</source>
        <translation>回答是空的。请换个说法，或重新提问。</translation>
    </message>
    <message>
        <source>Read on this computer; nothing was sent.</source>
        <translation>在本机识别，未发送任何内容。</translation>
    </message>
    <message>
        <source>Sent: {what}</source>
        <translation>已发送：{what}</translation>
    </message>
    <message>
        <source>Sent: {count} pictures, {tokens} image tokens, {size} KB</source>
        <translation>已发送：{count} 张图片，{tokens} 个图像 token，{size} KB</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Thoughts before the answer</source>
        <translation>回答前的思考</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>思考了 {seconds} 秒</translation>
    </message>
    <message>
        <source>Preparing the picture…</source>
        <translation>正在准备图片…</translation>
    </message>
    <message>
        <source>Waiting for the first word…</source>
        <translation>正在等待回答…</translation>
    </message>
    <message>
        <source>part of {width} × {height}</source>
        <translation>{width} × {height} 中的一部分</translation>
    </message>
    <message>
        <source>{tokens} image tokens, {size} KB {format}</source>
        <translation>{tokens} 个图像 token，{format} {size} KB</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Hand over to a batch service</source>
        <translation>交给批处理服务</translation>
    </message>
    <message>
        <source>Which pictures</source>
        <translation>哪些图片</translation>
    </message>
    <message>
        <source>How the pictures travel</source>
        <translation>图片如何传送</translation>
    </message>
    <message>
        <source>/mnt/pictures; empty where it has the same name</source>
        <translation>/mnt/pictures；名称相同时留空</translation>
    </message>
    <message>
        <source>Name of the folder as the batch service sees it</source>
        <translation>批处理服务所看到的文件夹名称</translation>
    </message>
    <message>
        <source>Most questions in one file</source>
        <translation>每个文件最多的问题数</translation>
    </message>
    <message>
        <source>Ask the run&apos;s server first how it wants to be asked</source>
        <translation>先向本批次的服务器了解提问方式</translation>
    </message>
    <message>
        <source>Switch it off when that server cannot be reached now</source>
        <translation>如果现在连不上该服务器，请关闭此项</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Write the files</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>Not asked yet or failed: {count}</source>
        <translation>未提问或失败的：{count}</translation>
    </message>
    <message>
        <source>Not asked yet: {count}</source>
        <translation>未提问的：{count}</translation>
    </message>
    <message>
        <source>Failed: {count}</source>
        <translation>失败的：{count}</translation>
    </message>
    <message>
        <source>All: {count}</source>
        <translation>全部：{count}</translation>
    </message>
    <message>
        <source>Inside the files, for every service</source>
        <translation>放在文件内，适用于任何服务</translation>
    </message>
    <message>
        <source>As copies in a folder beside the files</source>
        <translation>以副本形式放在文件旁的文件夹中</translation>
    </message>
    <message>
        <source>The pictures themselves, by their names</source>
        <translation>直接引用原图片文件</translation>
    </message>
    <message>
        <source>Questions: {count}, in the file {first}.</source>
        <translation>{count} 个问题，写入文件 {first}。</translation>
    </message>
    <message>
        <source>Questions: {count}, in {files} files from {first} to {last}.</source>
        <translation>{count} 个问题，写入 {files} 个文件：{first} 至 {last}。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>They travel</source>
        <translation>传送方式</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>is called there</source>
        <translation>在服务端称为</translation>
    </message>
    <message>
        <source>In one file, at most</source>
        <translation>每个文件最多</translation>
    </message>
</context>
<context>
    <name>BoxesBar</name>
    <message>
        <source>Take</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>“{name}”: {count} of at most {most} boxes</source>
        <translation>“{name}”：{count} 个框，最多 {most} 个</translation>
    </message>
    <message>
        <source>“{name}”: one box</source>
        <translation>“{name}”：1 个框</translation>
    </message>
    <message>
        <source>“{name}”: no box</source>
        <translation>“{name}”：无框</translation>
    </message>
    <message>
        <source>There is no room for another box. Remove one first, or draw one of them anew.</source>
        <translation>不能再添加框了。请先删除一个，或者重画其中一个。</translation>
    </message>
    <message>
        <source>Drag to draw, move or resize; or arrows, Shift with arrows, N and Delete.</source>
        <translation>拖动可画框、移动或改变大小；也可用方向键、Shift＋方向键、N 和 Delete。</translation>
    </message>
    <message>
        <source>Left, top, right and bottom of the box in pixels</source>
        <translation>框的左、上、右、下，以像素计</translation>
    </message>
    <message>
        <source>left, top, right, bottom</source>
        <translation>左，上，右，下</translation>
    </message>
    <message>
        <source>Add a box (N)</source>
        <translation>添加一个框（N）</translation>
    </message>
    <message>
        <source>Remove the box (Delete)</source>
        <translation>删除这个框（Delete）</translation>
    </message>
    <message>
        <source>Keep these boxes (Enter)</source>
        <translation>保留这些框（Enter）</translation>
    </message>
    <message>
        <source>Leave the boxes as they were (Esc)</source>
        <translation>保持原来的框不变（Esc）</translation>
    </message>
    <message>
        <source>Write four numbers inside the picture: left, top, right, bottom.</source>
        <translation>请填写四个不超出图片的数字：左、上、右、下。</translation>
    </message>
</context>
<context>
    <name>CellChanges</name>
    <message>
        <source>What you set goes into {count} pictures. Esc leaves them as they are.</source>
        <translation>填写的值将用于 {count} 张图片。按 Esc 保持不变。</translation>
    </message>
    <message>
        <source>There is no text on the clipboard.</source>
        <translation>剪贴板上没有文字。</translation>
    </message>
    <message>
        <source>There are {count} lines on the clipboard. Copy one value at a time.</source>
        <translation>剪贴板上有 {count} 行。请一次只复制一个值。</translation>
    </message>
    <message>
        <source>Select several rows: the value of the first one goes into the others.</source>
        <translation>请选择多行：第一行的值会填入其余各行。</translation>
    </message>
    <message>
        <source>“{name}” was not changed by hand here.</source>
        <translation>这里的“{name}”没有手动修改过。</translation>
    </message>
    <message>
        <source>Boxes belong to one picture. Select a single row.</source>
        <translation>框只属于一张图片。请只选择一行。</translation>
    </message>
    <message>
        <source>Nothing was answered about this yet. Its values can be set after that.</source>
        <translation>这张图片尚无回答，有了回答之后才能设置其值。</translation>
    </message>
    <message>
        <source>“{name}” cannot be changed.</source>
        <translation>“{name}”不能修改。</translation>
    </message>
</context>
<context>
    <name>CheckedDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ColumnFilterWindow</name>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show all rows of this column</source>
        <translation>显示此列的所有行</translation>
    </message>
    <message>
        <source>Filter “{name}”</source>
        <translation>筛选“{name}”</translation>
    </message>
    <message>
        <source>There is no value yet.</source>
        <translation>还没有值。</translation>
    </message>
    <message>
        <source>contains…</source>
        <translation>包含…</translation>
    </message>
    <message>
        <source>Words it contains</source>
        <translation>包含的文字</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Write a day such as 2024-03-31.</source>
        <translation>请输入日期，例如 2024-03-31。</translation>
    </message>
    <message>
        <source>Write a number.</source>
        <translation>请输入数字。</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Cancel editing</source>
        <translation>取消修改</translation>
    </message>
    <message>
        <source>Ready-made questions</source>
        <translation>常用问题</translation>
    </message>
    <message>
        <source>How to ask</source>
        <translation>提问选项</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>停止回答（Esc）</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask the question (Ctrl+Enter)</source>
        <translation>提问（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Leave the question as it was (Esc)</source>
        <translation>保持原来的问题（Esc）</translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
    <message>
        <source>Start a new conversation about this</source>
        <translation>就此开始新的对话</translation>
    </message>
    <message>
        <source>Start a new conversation</source>
        <translation>开始新的对话</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Picture 1: {name}</source>
        <translation>图片 1：{name}</translation>
    </message>
    <message>
        <source>{count} pictures: {name} and others</source>
        <translation>{count} 张图片：{name} 等</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>CopyCodeButton</name>
    <message>
        <source>Copy this code</source>
        <translation>复制这段代码</translation>
    </message>
</context>
<context>
    <name>DeskActions</name>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open the sample pictures</source>
        <translation>打开示例图片</translation>
    </message>
    <message>
        <source>Open picture from address…</source>
        <translation>打开网址中的图片…</translation>
    </message>
    <message>
        <source>Paste pictures</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Filter pictures</source>
        <translation>筛选图片</translation>
    </message>
    <message>
        <source>Show the gallery</source>
        <translation>显示图库</translation>
    </message>
    <message>
        <source>Show the conversation</source>
        <translation>显示对话</translation>
    </message>
    <message>
        <source>Show the runs</source>
        <translation>显示批次</translation>
    </message>
    <message>
        <source>Ask about many pictures…</source>
        <translation>批量提问…</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Write a question</source>
        <translation>输入问题</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Forms…</source>
        <translation>表单…</translation>
    </message>
    <message>
        <source>Servers…</source>
        <translation>服务器…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About Lightdesk</source>
        <translation>关于 Lightdesk</translation>
    </message>
</context>
<context>
    <name>DeskMenus</name>
    <message>
        <source>Recent folders</source>
        <translation>最近打开的文件夹</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>提问(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>What was asked: {name}</source>
        <translation>提问内容：{name}</translation>
    </message>
    <message>
        <source>The prompt, word for word</source>
        <translation>提示词原文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>a plain question</source>
        <translation>普通问题</translation>
    </message>
    <message>
        <source>the server enforces the form</source>
        <translation>由服务器强制表单格式</translation>
    </message>
    <message>
        <source>the server enforces no form; the prompt asks for it</source>
        <translation>服务器不强制表单格式，由提示词要求</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>一个问题</translation>
    </message>
    <message>
        <source>{name}, version {version}</source>
        <translation>{name}，版本 {version}</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Asked as</source>
        <translation>提问方式</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>temperature {temperature:g}, longest answer {tokens}, image tokens {image}</source>
        <translation>温度 {temperature:g}，最长回答 {tokens}，图像 token {image}</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>the first model it has; it has not answered yet</source>
        <translation>它的第一个模型（尚未响应）</translation>
    </message>
</context>
<context>
    <name>DetailsWindow</name>
    <message>
        <source>The whole answer</source>
        <translation>完整回答</translation>
    </message>
    <message>
        <source>The answer, word for word</source>
        <translation>回答原文</translation>
    </message>
    <message>
        <source>{sent} tokens in, {got} out</source>
        <translation>输入 {sent} 个 token，输出 {got} 个</translation>
    </message>
    <message>
        <source>asked a second time for the right form</source>
        <translation>因格式不符追问过一次</translation>
    </message>
    <message>
        <source>asked {count} times</source>
        <translation>提问了 {count} 次</translation>
    </message>
    <message>
        <source>shared with a picture whose file is identical</source>
        <translation>与文件完全相同的图片共用回答</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>About Lightdesk</source>
        <translation>关于 Lightdesk</translation>
    </message>
    <message>
        <source>Lightdesk {version}</source>
        <translation>Lightdesk {version}</translation>
    </message>
    <message>
        <source>Get answers out of folders of pictures. Licence: Apache-2.0.
Your files are kept in {folder}</source>
        <translation>从成批的图片中获得答案。许可证：Apache-2.0。
您的文件保存在 {folder}</translation>
    </message>
    <message>
        <source>Add pictures to the question</source>
        <translation>为问题添加图片</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Next or previous picture</source>
        <translation>下一张或上一张图片</translation>
    </message>
    <message>
        <source>See the picture in full</source>
        <translation>查看整张图片</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Fit into the window</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>One picture pixel for one screen pixel</source>
        <translation>按实际像素显示</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show or hide evidence</source>
        <translation>显示或隐藏标记</translation>
    </message>
    <message>
        <source>Facts about the file</source>
        <translation>文件信息</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Answers of a run</source>
        <translation>批次的回答</translation>
    </message>
    <message>
        <source>Show the picture and its conversation; Esc leads back</source>
        <translation>显示图片及其对话；按 Esc 返回</translation>
    </message>
    <message>
        <source>The whole answer</source>
        <translation>完整的回答</translation>
    </message>
    <message>
        <source>Change a value, or draw the boxes on the picture</source>
        <translation>修改值，或在图片上画框</translation>
    </message>
    <message>
        <source>Change the values of all selected rows</source>
        <translation>修改所有选中行的值</translation>
    </message>
    <message>
        <source>Copy a value; paste it into the selected rows</source>
        <translation>复制值；粘贴到选中的行</translation>
    </message>
    <message>
        <source>The first row&apos;s value in all selected rows</source>
        <translation>所有选中行填入第一行的值</translation>
    </message>
    <message>
        <source>Back to the vision model&apos;s answer</source>
        <translation>恢复为视觉模型的回答</translation>
    </message>
    <message>
        <source>Undo or redo a change</source>
        <translation>撤销或重做修改</translation>
    </message>
    <message>
        <source>Filter the column</source>
        <translation>筛选此列</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Ask again about the selected rows</source>
        <translation>重新提问选中的行</translation>
    </message>
    <message>
        <source>Boxes while they are drawn</source>
        <translation>画框时</translation>
    </message>
    <message>
        <source>Move the box; with Ctrl ten times as far</source>
        <translation>移动框；按住 Ctrl 移动十倍</translation>
    </message>
    <message>
        <source>Move its right or lower side</source>
        <translation>移动框的右边或下边</translation>
    </message>
    <message>
        <source>Add a box; remove it</source>
        <translation>添加框；删除框</translation>
    </message>
    <message>
        <source>Choose the next box; the one before</source>
        <translation>选择下一个框；上一个框</translation>
    </message>
    <message>
        <source>Keep the boxes; leave them as they were</source>
        <translation>保留框；保持原样</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Move a picture of the question</source>
        <translation>移动问题中的图片</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>Set up a server with a vision-language model</source>
        <translation>设置一台运行视觉语言模型的服务器</translation>
    </message>
    <message>
        <source>What is in this picture?</source>
        <translation>这张图片里有什么？</translation>
    </message>
    <message>
        <source>Read all the text, line by line.</source>
        <translation>逐行读出所有文字。</translation>
    </message>
    <message>
        <source>Ask about a picture</source>
        <translation>就图片提问</translation>
    </message>
    <message>
        <source>Choose a picture on the left, or drop one here. Its questions and answers appear here.</source>
        <translation>在左侧选择一张图片，或将图片拖到这里。它的问题和回答会显示在这里。</translation>
    </message>
    <message>
        <source>Ask about this picture</source>
        <translation>就这张图片提问</translation>
    </message>
    <message>
        <source>Write a question below, or begin with one of these. The answer stays with the picture.</source>
        <translation>在下方输入问题，或从这些问题开始。回答会与图片一起保存。</translation>
    </message>
    <message>
        <source>Ask about these {count} pictures</source>
        <translation>就这 {count} 张图片提问</translation>
    </message>
    <message>
        <source>They are sent together, in the order of their numbers. You can compare them.</source>
        <translation>它们会按编号顺序一起发送，您可以让模型比较它们。</translation>
    </message>
    <message>
        <source>No server is connected. The built-in reader finds and reads the text in a picture, on this computer. To ask about what a picture shows, connect to a server with a vision model.</source>
        <translation>尚未连接服务器。内置文字识别会在本机找出并读取图片中的文字。要询问图片的内容，请连接运行视觉模型的服务器。</translation>
    </message>
    <message>
        <source>What is different between them?</source>
        <translation>它们有什么不同？</translation>
    </message>
    <message>
        <source>Describe each picture.</source>
        <translation>分别描述每张图片。</translation>
    </message>
    <message>
        <source>Which one is the best, and why?</source>
        <translation>哪一张最好？为什么？</translation>
    </message>
    <message>
        <source>Is anything damaged? Where?</source>
        <translation>有没有损坏的地方？在哪里？</translation>
    </message>
    <message>
        <source>Put this question into the box</source>
        <translation>将此问题填入输入框</translation>
    </message>
</context>
<context>
    <name>ErrorNotice</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Show technical details</source>
        <translation>显示技术细节</translation>
    </message>
    <message>
        <source>Show what the program or the server said</source>
        <translation>查看程序或服务器返回的原文</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Copy the sentence and the details to the clipboard</source>
        <translation>将说明和详细信息复制到剪贴板</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术细节</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>All pictures of the run: {count}</source>
        <translation>本批次的全部图片：{count}</translation>
    </message>
    <message>
        <source>Rows that the table shows now: {count}</source>
        <translation>表格当前显示的行：{count}</translation>
    </message>
    <message>
        <source>Beside the pictures in {folder}</source>
        <translation>放在 {folder} 中的图片旁边</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>Web page with the pictures</source>
        <translation>带图片的网页</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行（JSONL）</translation>
    </message>
    <message>
        <source>Boxes as COCO JSON</source>
        <translation>COCO JSON 标注框</translation>
    </message>
    <message>
        <source>Folder of YOLO boxes</source>
        <translation>YOLO 标注框文件夹</translation>
    </message>
    <message>
        <source>Caption texts</source>
        <translation>图片说明文本</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>文件夹名称</translation>
    </message>
    <message>
        <source>Rows that will be written: {count}.</source>
        <translation>将写入 {count} 行。</translation>
    </message>
    <message>
        <source>The pictures take about {count} MB.</source>
        <translation>图片约占 {count} MB。</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>范围</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Facts about this file</source>
        <translation>文件信息</translation>
    </message>
    <message>
        <source>{width} × {height} pixels, {megapixels} megapixels</source>
        <translation>{width} × {height} 像素，{megapixels} 百万像素</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Frames or pages</source>
        <translation>帧数或页数</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>In the file; never sent</source>
        <translation>文件中有，但绝不发送</translation>
    </message>
    <message>
        <source>None in the file</source>
        <translation>文件中没有</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>FailurePart</name>
    <message>
        <source>Server settings…</source>
        <translation>服务器设置…</translation>
    </message>
    <message>
        <source>Open the settings of this server</source>
        <translation>打开此服务器的设置</translation>
    </message>
    <message>
        <source>Ask in groups of {limit}</source>
        <translation>按每组 {limit} 张分组提问</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
</context>
<context>
    <name>FailuresBar</name>
    <message>
        <source>Why pictures failed</source>
        <translation>图片失败的原因</translation>
    </message>
</context>
<context>
    <name>FieldEditor</name>
    <message>
        <source>For example: Corrosion</source>
        <translation>例如：锈蚀</translation>
    </message>
    <message>
        <source>The column&apos;s heading, and the question to the vision model</source>
        <translation>既是表格的列标题，也是向视觉模型提出的问题</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>名称(&amp;L)</translation>
    </message>
    <message>
        <source>What counts as an answer</source>
        <translation>什么样的内容算作回答</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类型(&amp;K)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Shown beside the value and told to the vision model, such as mm</source>
        <translation>显示在数值旁，也会告诉视觉模型，例如 mm</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The smallest value that is allowed</source>
        <translation>允许的最小值</translation>
    </message>
    <message>
        <source>The largest value that is allowed</source>
        <translation>允许的最大值</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>单位(&amp;U)</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Only &amp;whole numbers</source>
        <translation>只允许整数(&amp;W)</translation>
    </message>
    <message>
        <source>Counts have no fractions</source>
        <translation>计数没有小数</translation>
    </message>
    <message>
        <source>The longest text, in characters</source>
        <translation>文字的最大长度，按字符计</translation>
    </message>
    <message>
        <source>no limit of its own</source>
        <translation>不另设上限</translation>
    </message>
    <message>
        <source>Longest te&amp;xt, in characters</source>
        <translation>最大长度（字符）(&amp;X)</translation>
    </message>
    <message>
        <source>none
light
heavy</source>
        <translation>无
轻微
严重</translation>
    </message>
    <message>
        <source>What can be answered, one option on each line</source>
        <translation>可供选择的回答，每行一个选项</translation>
    </message>
    <message>
        <source>&amp;Options, one on each line</source>
        <translation>选项，每行一个(&amp;O)</translation>
    </message>
    <message>
        <source>The most entries the list can have</source>
        <translation>列表最多有多少项</translation>
    </message>
    <message>
        <source>The longest entry, in characters</source>
        <translation>每项的最大长度，按字符计</translation>
    </message>
    <message>
        <source>Most entries</source>
        <translation>最多项数</translation>
    </message>
    <message>
        <source>Longest entry</source>
        <translation>每项最大长度</translation>
    </message>
    <message>
        <source>The most boxes on one picture</source>
        <translation>一张图片上最多有多少个框</translation>
    </message>
    <message>
        <source>Most boxes</source>
        <translation>最多框数</translation>
    </message>
    <message>
        <source>What to look at, what counts and what does not</source>
        <translation>看哪里，哪些算，哪些不算</translation>
    </message>
    <message>
        <source>More for the vision model about this field</source>
        <translation>关于此字段给视觉模型的补充说明</translation>
    </message>
    <message>
        <source>&amp;Hint for the vision model</source>
        <translation>给视觉模型的提示(&amp;H)</translation>
    </message>
    <message>
        <source>A value must be &amp;given</source>
        <translation>必须给出值(&amp;G)</translation>
    </message>
    <message>
        <source>Otherwise the vision model may say that it cannot be told</source>
        <translation>不勾选时，视觉模型可以回答“无法判断”</translation>
    </message>
    <message>
        <source>The field&apos;s name in files and exports; it is made from the label</source>
        <translation>字段在文件和导出结果中的名称，由上面的名称自动生成</translation>
    </message>
    <message>
        <source>Ke&amp;y in files</source>
        <translation>文件中的键名(&amp;Y)</translation>
    </message>
</context>
<context>
    <name>FieldList</name>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Duplicate field</source>
        <translation>复制字段</translation>
    </message>
    <message>
        <source>Remove field</source>
        <translation>删除字段</translation>
    </message>
    <message>
        <source>No label yet</source>
        <translation>尚未命名</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Add field</source>
        <translation>添加字段</translation>
    </message>
    <message>
        <source>Add a field behind the selected one; choose its kind</source>
        <translation>在所选字段之后添加一个字段，并选择其类型</translation>
    </message>
    <message>
        <source>{what} ({keys})</source>
        <translation>{what}（{keys}）</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search names, answers and notes</source>
        <translation>搜索名称、回答和备注</translation>
    </message>
    <message>
        <source>Search the table</source>
        <translation>搜索表格</translation>
    </message>
    <message>
        <source>Search the table (Ctrl+F)</source>
        <translation>搜索表格 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop (Esc); what is changed by then can be undone</source>
        <translation>停止（Esc）；此前所做的修改可以撤销</translation>
    </message>
    <message>
        <source>Stop changing pictures</source>
        <translation>停止修改图片</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>Take every filter away</source>
        <translation>取消所有筛选</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{total} 张中的 {shown} 张</translation>
    </message>
    <message>
        <source>Reading {count} pictures…</source>
        <translation>正在读取 {count} 张图片…</translation>
    </message>
    <message>
        <source>Only rows: {name}, {count}</source>
        <translation>只看：{name}，{count}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Show only pictures that failed</source>
        <translation>只显示失败的图片</translation>
    </message>
    <message>
        <source>Show only answers the vision model was not sure of</source>
        <translation>只显示视觉模型不确定的回答</translation>
    </message>
    <message>
        <source>Show only answers that lack a value</source>
        <translation>只显示缺少值的回答</translation>
    </message>
    <message>
        <source>Show only answers changed by hand</source>
        <translation>只显示手动修改过的回答</translation>
    </message>
</context>
<context>
    <name>FormFiles</name>
    <message>
        <source>Import a form</source>
        <translation>导入表单</translation>
    </message>
    <message>
        <source>Save the form as a file</source>
        <translation>将表单保存为文件</translation>
    </message>
    <message>
        <source>Replace “{name}”?</source>
        <translation>替换“{name}”？</translation>
    </message>
    <message>
        <source>There is a form file of this name. It is lost then.</source>
        <translation>已有同名的表单文件，替换后原文件将丢失。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>FormHead</name>
    <message>
        <source>For example: Bridge inspection</source>
        <translation>例如：桥梁检查</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>表单名称(&amp;M)</translation>
    </message>
    <message>
        <source>For example: You see a bridge from below. Report only damage that can be seen.</source>
        <translation>例如：这是从下方拍摄的桥梁。只报告能看见的损伤。</translation>
    </message>
    <message>
        <source>&amp;Instructions</source>
        <translation>说明(&amp;I)</translation>
    </message>
    <message>
        <source>Tell the fields in the &amp;prompt as well</source>
        <translation>在提示词中也写明各字段(&amp;P)</translation>
    </message>
    <message>
        <source>Tell the fields in the prompt as well</source>
        <translation>在提示词中也写明各字段</translation>
    </message>
    <message>
        <source>Leave this on, except for vision models that were trained on a fixed prompt</source>
        <translation>请保持勾选，除非视觉模型是针对固定提示词训练的</translation>
    </message>
    <message>
        <source>Comes with Lightdesk. Saving makes a form of your own; this one stays.</source>
        <translation>Lightdesk 自带。保存后成为您自己的表单，自带的表单不变。</translation>
    </message>
    <message>
        <source>Version {version}. Saving makes the next one; runs keep the version they were asked with.</source>
        <translation>第 {version} 版。保存会产生新的一版；已有批次保留提问时的版本。</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>尚未保存。</translation>
    </message>
</context>
<context>
    <name>FormList</name>
    <message>
        <source>New form</source>
        <translation>新表单</translation>
    </message>
    <message>
        <source>Delete the selected form ({keys})</source>
        <translation>删除所选表单（{keys}）</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Forms that come with Lightdesk cannot be deleted</source>
        <translation>Lightdesk 自带的表单不能删除</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>已删除“{name}”。</translation>
    </message>
    <message>
        <source>comes with Lightdesk</source>
        <translation>Lightdesk 自带</translation>
    </message>
    <message>
        <source>1 field</source>
        <translation>1 个字段</translation>
    </message>
    <message>
        <source>{count} fields</source>
        <translation>{count} 个字段</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>&amp;New form</source>
        <translation>新建表单(&amp;N)</translation>
    </message>
    <message>
        <source>Begin a form of your own (Ctrl+N)</source>
        <translation>新建自己的表单（Ctrl+N）</translation>
    </message>
    <message>
        <source>Begin a form like the selected one (Ctrl+D)</source>
        <translation>以所选表单为基础新建一个（Ctrl+D）</translation>
    </message>
    <message>
        <source>Duplicate form</source>
        <translation>复制表单</translation>
    </message>
    <message>
        <source>Delete form</source>
        <translation>删除表单</translation>
    </message>
    <message>
        <source>Impo&amp;rt…</source>
        <translation>导入(&amp;R)…</translation>
    </message>
    <message>
        <source>Take a form from a file that a colleague sent</source>
        <translation>从同事发来的文件导入表单</translation>
    </message>
    <message>
        <source>Sav&amp;e as file…</source>
        <translation>存为文件(&amp;E)…</translation>
    </message>
    <message>
        <source>Write the form to a file, for a colleague or the command line</source>
        <translation>将表单写入文件，供同事或命令行使用</translation>
    </message>
    <message>
        <source>&amp;Bring it back</source>
        <translation>恢复(&amp;B)</translation>
    </message>
    <message>
        <source>Undo the deletion</source>
        <translation>撤销删除</translation>
    </message>
</context>
<context>
    <name>FormWords</name>
    <message>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>单选</translation>
    </message>
    <message>
        <source>Several choices</source>
        <translation>多选</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Boxes on the picture</source>
        <translation>图片上的框</translation>
    </message>
    <message>
        <source>Is it so or not</source>
        <translation>是不是如此</translation>
    </message>
    <message>
        <source>Counted or measured, with a unit and a range</source>
        <translation>计数或测量值，可带单位和范围</translation>
    </message>
    <message>
        <source>The vision model&apos;s own words</source>
        <translation>视觉模型自己的话</translation>
    </message>
    <message>
        <source>Exactly one of your options</source>
        <translation>从您的选项中选一个</translation>
    </message>
    <message>
        <source>Any of your options, or none</source>
        <translation>从您的选项中任选几个，也可不选</translation>
    </message>
    <message>
        <source>A calendar day</source>
        <translation>某一天</translation>
    </message>
    <message>
        <source>Several short texts, such as the names of what can be seen</source>
        <translation>若干简短文字，例如所见物品的名称</translation>
    </message>
    <message>
        <source>Where something is; needs a vision model that was taught to point</source>
        <translation>物体所在的位置；需要会定位的视觉模型</translation>
    </message>
    <message>
        <source>may be left open</source>
        <translation>可以留空</translation>
    </message>
    <message>
        <source>Give the form a name.</source>
        <translation>请为表单命名。</translation>
    </message>
    <message>
        <source>Another form has this name already.</source>
        <translation>已有同名的表单。</translation>
    </message>
    <message>
        <source>“{name}” is nothing Lightdesk knows of a picture. Use “Insert”.</source>
        <translation>Lightdesk 不知道图片的“{name}”是什么。请用“插入”。</translation>
    </message>
    <message>
        <source>Add a field: what do you want to know of every picture?</source>
        <translation>请添加字段：您想了解每张图片的什么？</translation>
    </message>
    <message>
        <source>A form has at most {count} fields. Make two forms of it.</source>
        <translation>一个表单最多有 {count} 个字段。请分成两个表单。</translation>
    </message>
    <message>
        <source>Write what the column is called.</source>
        <translation>请填写列的名称。</translation>
    </message>
    <message>
        <source>Begin with a letter a–z; then letters, digits and underscores, 40 at most.</source>
        <translation>请以字母 a–z 开头，其后为字母、数字和下划线，最多 40 个字符。</translation>
    </message>
    <message>
        <source>Another field has this key already.</source>
        <translation>另一个字段已使用此键名。</translation>
    </message>
    <message>
        <source>Write a number such as 1000 or 0.5, or nothing for no limit.</source>
        <translation>请填写数字，例如 1000 或 0.5；留空表示不限。</translation>
    </message>
    <message>
        <source>The largest value is below the smallest.</source>
        <translation>最大值小于最小值。</translation>
    </message>
    <message>
        <source>There is no whole number between the two.</source>
        <translation>两者之间没有整数。</translation>
    </message>
    <message>
        <source>Write the options, one on each line.</source>
        <translation>请填写选项，每行一个。</translation>
    </message>
    <message>
        <source>“{option}” is there twice.</source>
        <translation>“{option}”重复了。</translation>
    </message>
    <message>
        <source>{read} in, {written} out</source>
        <translation>输入 {read}，输出 {written}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>asked a second time, as the first answer did not fit</source>
        <translation>第一次回答不符合表单，又问了一次</translation>
    </message>
</context>
<context>
    <name>FormatOptions</name>
    <message>
        <source>Mark the file for Excel</source>
        <translation>为 Excel 加上编码标记</translation>
    </message>
    <message>
        <source>Excel then reads its letters right; some other programs want a file without the mark</source>
        <translation>这样 Excel 能正确识别文字；有些其他程序要求文件不带此标记</translation>
    </message>
    <message>
        <source>Pictures in the table</source>
        <translation>表格中的图片</translation>
    </message>
    <message>
        <source>Put copies of the pictures into the folder</source>
        <translation>把图片副本放入文件夹</translation>
    </message>
    <message>
        <source>Trainers look for them there; without, pictures.txt names them</source>
        <translation>训练程序会在那里找图片；不放副本时由 pictures.txt 列出它们的位置</translation>
    </message>
    <message>
        <source>Text of a caption</source>
        <translation>图片说明的内容</translation>
    </message>
    <message>
        <source>Beside the pictures</source>
        <translation>放在图片旁边</translation>
    </message>
    <message>
        <source>Into a folder of their own</source>
        <translation>放入单独的文件夹</translation>
    </message>
    <message>
        <source>Text files that are there already</source>
        <translation>已有的文本文件</translation>
    </message>
    <message>
        <source>are kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>are replaced</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Texts that are there</source>
        <translation>已有的文本</translation>
    </message>
    <message>
        <source>All fields, a line for each</source>
        <translation>全部字段，每个一行</translation>
    </message>
    <message>
        <source>One line for each picture with all that is known of it, for programs.</source>
        <translation>每张图片一行，包含全部信息，供程序读取。</translation>
    </message>
    <message>
        <source>One file with the boxes of all pictures, in pixels.</source>
        <translation>一个文件包含所有图片的标注框，以像素为单位。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
</context>
<context>
    <name>FormsDialog</name>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>{name} {number}</source>
        <translation>{name} {number}</translation>
    </message>
    <message>
        <source>1 thing to put right</source>
        <translation>有 1 处需要改正</translation>
    </message>
    <message>
        <source>{count} things to put right</source>
        <translation>有 {count} 处需要改正</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Save the changes to your forms?</source>
        <translation>要保存对表单的更改吗？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save this form ({keys})</source>
        <translation>保存此表单（{keys}）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Go to the first of them</source>
        <translation>转到第一处</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close this window ({keys})</source>
        <translation>关闭此窗口（{keys}）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{what} ({keys})</source>
        <translation>{what}（{keys}）</translation>
    </message>
    <message>
        <source>&amp;Fields, the columns of the table</source>
        <translation>字段，即表格的列(&amp;F)</translation>
    </message>
    <message>
        <source>Each field is one question to the vision model and one column of the table.</source>
        <translation>每个字段是向视觉模型提出的一个问题，也是表格的一列。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Trial</source>
        <translation>试问</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>发送内容</translation>
    </message>
</context>
<context>
    <name>GalleryHeader</name>
    <message>
        <source>Include folders below</source>
        <translation>包含子文件夹</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>图片排序</translation>
    </message>
    <message>
        <source>{total}, waiting for the drive…</source>
        <translation>{total}，正在等待磁盘…</translation>
    </message>
    <message>
        <source>{total}, still listing…</source>
        <translation>{total}，仍在列出…</translation>
    </message>
    <message>
        <source>{shown} of {total} pictures</source>
        <translation>{shown} / {total} 张图片</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>{total} pictures</source>
        <translation>{total} 张图片</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早的在前</translation>
    </message>
    <message>
        <source>Largest file first</source>
        <translation>最大的文件在前</translation>
    </message>
    <message>
        <source>Smallest file first</source>
        <translation>最小的文件在前</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
    <message>
        <source>Filter pictures by name</source>
        <translation>按名称筛选图片</translation>
    </message>
    <message>
        <source>Filter by name (/); Esc clears</source>
        <translation>按名称筛选（/）；按 Esc 清除</translation>
    </message>
</context>
<context>
    <name>GalleryItemModel</name>
    <message>
        <source>answer is being written</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>answer stopped</source>
        <translation>回答已停止</translation>
    </message>
    <message>
        <source>answer interrupted</source>
        <translation>回答中断</translation>
    </message>
    <message>
        <source>no answer: an error</source>
        <translation>出错，没有回答</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Open a folder of pictures</source>
        <translation>打开图片文件夹</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>GridItemModel</name>
    <message>
        <source>The whole answer:</source>
        <translation>完整回答：</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>无值</translation>
    </message>
    <message>
        <source>no note</source>
        <translation>无备注</translation>
    </message>
    <message>
        <source>Shared with a picture whose file is identical</source>
        <translation>与文件完全相同的图片共用回答</translation>
    </message>
</context>
<context>
    <name>GridMenu</name>
    <message>
        <source>Show picture in full</source>
        <translation>查看完整图片</translation>
    </message>
    <message>
        <source>The whole answer…</source>
        <translation>完整回答…</translation>
    </message>
    <message>
        <source>Draw the boxes on the picture…</source>
        <translation>在图片上画框…</translation>
    </message>
    <message>
        <source>Edit the boxes as numbers</source>
        <translation>以数字编辑框</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Set “{name}” in {count} rows…</source>
        <translation>设置 {count} 行的“{name}”…</translation>
    </message>
    <message>
        <source>The first row&apos;s value in all of them</source>
        <translation>全部填入第一行的值</translation>
    </message>
    <message>
        <source>Back to the vision model&apos;s answer</source>
        <translation>恢复为视觉模型的回答</translation>
    </message>
    <message>
        <source>Ask again about {count} pictures</source>
        <translation>重新询问 {count} 张图片</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新询问</translation>
    </message>
    <message>
        <source>Ask about {count} pictures now</source>
        <translation>立即询问 {count} 张图片</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>立即询问</translation>
    </message>
    <message>
        <source>Leave out {count} pictures</source>
        <translation>略过 {count} 张图片</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略过</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>复制单元格</translation>
    </message>
    <message>
        <source>Copy {count} rows</source>
        <translation>复制 {count} 行</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>复制此行</translation>
    </message>
    <message>
        <source>Paste into {count} rows</source>
        <translation>粘贴到 {count} 行</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Filter “{name}”…</source>
        <translation>筛选“{name}”…</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>升序排列</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>降序排列</translation>
    </message>
    <message>
        <source>Order of the run</source>
        <translation>按批次原有顺序</translation>
    </message>
</context>
<context>
    <name>GridWords</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>无值</translation>
    </message>
    <message>
        <source>The vision model was {percent} sure.</source>
        <translation>视觉模型的把握为 {percent}。</translation>
    </message>
    <message>
        <source>not a form</source>
        <translation>格式不符</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被截断</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>wrong kind</source>
        <translation>类型不符</translation>
    </message>
    <message>
        <source>out of range</source>
        <translation>超出范围</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>not a choice</source>
        <translation>不在选项中</translation>
    </message>
    <message>
        <source>not a date</source>
        <translation>不是日期</translation>
    </message>
    <message>
        <source>Write a day such as 2024-03-31.</source>
        <translation>请输入日期，例如 2024-03-31。</translation>
    </message>
    <message>
        <source>Enter ends, Shift+Enter begins a new line.</source>
        <translation>按 Enter 结束，按 Shift+Enter 换行。</translation>
    </message>
    <message>
        <source>Write at most {count} characters.</source>
        <translation>最多输入 {count} 个字符。</translation>
    </message>
    <message>
        <source>Write one entry a line, at most {count} of at most {length} characters.</source>
        <translation>每行一项，最多 {count} 项，每项不超过 {length} 个字符。</translation>
    </message>
    <message>
        <source>Write one box a line as left, top, right, bottom in pixels; at most {count}.</source>
        <translation>每行一个框，按左、上、右、下以像素填写；最多 {count} 个。</translation>
    </message>
    <message>
        <source>Space ticks, Enter ends.</source>
        <translation>按空格勾选，按 Enter 结束。</translation>
    </message>
    <message>
        <source>Choose one of the values.</source>
        <translation>请选择一个值。</translation>
    </message>
    <message>
        <source>“{name}” needs a value.</source>
        <translation>“{name}”必须填写。</translation>
    </message>
    <message>
        <source>Write a whole number from {low} to {high}.</source>
        <translation>请输入 {low} 到 {high} 之间的整数。</translation>
    </message>
    <message>
        <source>Write a number from {low} to {high}.</source>
        <translation>请输入 {low} 到 {high} 之间的数字。</translation>
    </message>
    <message>
        <source>Write a whole number, {low} or more.</source>
        <translation>请输入不小于 {low} 的整数。</translation>
    </message>
    <message>
        <source>Write a number, {low} or more.</source>
        <translation>请输入不小于 {low} 的数字。</translation>
    </message>
    <message>
        <source>Write a whole number, {high} or less.</source>
        <translation>请输入不大于 {high} 的整数。</translation>
    </message>
    <message>
        <source>Write a number, {high} or less.</source>
        <translation>请输入不大于 {high} 的数字。</translation>
    </message>
    <message>
        <source>Write a whole number.</source>
        <translation>请输入整数。</translation>
    </message>
    <message>
        <source>Write a number.</source>
        <translation>请输入数字。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
</context>
<context>
    <name>GroupBar</name>
    <message>
        <source>Earlier group</source>
        <translation>上一组</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>下一组</translation>
    </message>
    <message>
        <source>Show all these pictures together again</source>
        <translation>重新一起显示全部图片</translation>
    </message>
    <message>
        <source>Group {number} of {count}</source>
        <translation>第 {number} 组，共 {count} 组</translation>
    </message>
    <message>
        <source>Asked in {count} groups</source>
        <translation>已分 {count} 组提问</translation>
    </message>
    <message>
        <source>All {count} pictures</source>
        <translation>全部 {count} 张图片</translation>
    </message>
</context>
<context>
    <name>HandoverBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop this</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open what was written</source>
        <translation>打开写好的文件</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>关闭此提示</translation>
    </message>
</context>
<context>
    <name>HandoverView</name>
    <message>
        <source>Take in batch results</source>
        <translation>导入批处理结果</translation>
    </message>
    <message>
        <source>Batch results (*.jsonl *.ndjson *.json)</source>
        <translation>批处理结果 (*.jsonl *.ndjson *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Replace {count} files?</source>
        <translation>替换 {count} 个文件？</translation>
    </message>
    <message>
        <source>Replace a text?</source>
        <translation>替换一个文本文件？</translation>
    </message>
    <message>
        <source>Replace “{name}”?</source>
        <translation>替换“{name}”？</translation>
    </message>
    <message>
        <source>Lightdesk did not write what is there now; it is lost.</source>
        <translation>现有内容不是 Lightdesk 写的，替换后将丢失。</translation>
    </message>
    <message>
        <source>There is a file of this name. What is in it now is lost.</source>
        <translation>已有同名文件，其现有内容将丢失。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>“{name}” is still being written.</source>
        <translation>“{name}”还在写入。</translation>
    </message>
    <message>
        <source>If Lightdesk closes now, it is not written. A file that was there before stays as it was.</source>
        <translation>如果现在关闭 Lightdesk，该文件不会写成；原来的同名文件保持不变。</translation>
    </message>
    <message>
        <source>Close without it</source>
        <translation>放弃写入并关闭</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>保持窗口打开</translation>
    </message>
    <message>
        <source>Results are still being taken in.</source>
        <translation>还在导入结果。</translation>
    </message>
    <message>
        <source>What was taken in so far is kept. The rest can be taken in again from the same files.</source>
        <translation>已导入的结果会保留，其余的可以再次从相同的文件导入。</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>立即关闭</translation>
    </message>
    <message>
        <source>Writing {name}: {done} of {total}</source>
        <translation>正在写入 {name}：{done}/{total}</translation>
    </message>
    <message>
        <source>Taking in results: {done} of {total} pictures</source>
        <translation>正在导入结果：{done}/{total} 张图片</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>已写入 {path}。</translation>
    </message>
    <message>
        <source>Nothing was written: no picture can be opened.</source>
        <translation>什么都没有写入：没有一张图片能打开。</translation>
    </message>
    <message>
        <source>Questions: {count}, in files: {files}, in {folder}.</source>
        <translation>{folder} 中写好了 {files} 个文件，共 {count} 个问题。</translation>
    </message>
    <message>
        <source>When the batch service has answered them, take its results in from the same menu.</source>
        <translation>批处理服务回答完后，请从同一菜单导入结果。</translation>
    </message>
    <message>
        <source>Answers taken in: {answered}. Failed: {failed}.</source>
        <translation>已导入 {answered} 个回答，失败 {failed} 个。</translation>
    </message>
</context>
<context>
    <name>KeepingDialog</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
</context>
<context>
    <name>LeavingQuestions</name>
    <message>
        <source>A run is still working.</source>
        <translation>有一个批次仍在进行。</translation>
    </message>
    <message>
        <source>{count} runs are still working.</source>
        <translation>有 {count} 个批次仍在进行。</translation>
    </message>
    <message>
        <source>Pause and close</source>
        <translation>暂停并关闭</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>保持窗口打开</translation>
    </message>
    <message>
        <source>Every answer so far is kept. Paused, it goes on where it was next time; in the background it goes on without this window until it is done. Start Lightdesk again to see the window.</source>
        <translation>目前的回答都已保存。暂停后，下次会从中断处继续；在后台则不显示窗口，一直进行到完成。再次启动 Lightdesk 即可看到窗口。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 以及另外 {count} 张</translation>
    </message>
    <message>
        <source>An answer cannot be kept: the disk is full, or another program holds the library.</source>
        <translation>有一个回答无法保存：磁盘已满，或者对话库正被另一个程序占用。</translation>
    </message>
    <message>
        <source>{count} answers cannot be kept: the disk is full, or another program holds the library.</source>
        <translation>有 {count} 个回答无法保存：磁盘已满，或者对话库正被另一个程序占用。</translation>
    </message>
    <message>
        <source>As soon as there is room, Lightdesk keeps what it has. If it closes now, that is lost, and it asks again next time about: {names}</source>
        <translation>一旦有空间，Lightdesk 就会保存现有内容。如果现在关闭，这些回答会丢失，下次会重新询问：{names}</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>关闭并放弃</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>继续等待</translation>
    </message>
</context>
<context>
    <name>LinkQuestion</name>
    <message>
        <source>Link in the answer</source>
        <translation>回答中的链接</translation>
    </message>
    <message>
        <source>Open this address outside Lightdesk?</source>
        <translation>要在 Lightdesk 之外打开此网址吗？</translation>
    </message>
    <message>
        <source>This kind of link is not opened.</source>
        <translation>不会打开这类链接。</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制网址</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Lightdesk</source>
        <translation>Lightdesk</translation>
    </message>
    <message>
        <source>Sample pictures</source>
        <translation>示例图片</translation>
    </message>
    <message>
        <source>Fetch this picture from the web?</source>
        <translation>要从网上获取这张图片吗？</translation>
    </message>
    <message>
        <source>Lightdesk would connect to: {address}</source>
        <translation>Lightdesk 将连接：{address}</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>不获取</translation>
    </message>
    <message>
        <source>Open picture from address</source>
        <translation>打开网址中的图片</translation>
    </message>
    <message>
        <source>Address of the picture (http or https):</source>
        <translation>图片网址（http 或 https）：</translation>
    </message>
</context>
<context>
    <name>MarkButton</name>
    <message>
        <source>Mark {number}: {place}</source>
        <translation>标记 {number}：{place}</translation>
    </message>
    <message>
        <source>Show this place on the picture</source>
        <translation>在图片上显示这个位置</translation>
    </message>
</context>
<context>
    <name>MessagePage</name>
    <message>
        <source>Your pictures appear here</source>
        <translation>您的图片会显示在这里</translation>
    </message>
    <message>
        <source>Open a folder, or drop one here. Pictures stay where they are.</source>
        <translation>打开文件夹，或将文件夹拖到这里。图片会留在原处。</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The folder does not answer</source>
        <translation>文件夹没有响应</translation>
    </message>
    <message>
        <source>Its drive or network share may be busy. Lightdesk goes on when it comes back.</source>
        <translation>所在的磁盘或网络共享可能正忙。恢复后 Lightdesk 会继续。</translation>
    </message>
    <message>
        <source>Still listing…</source>
        <translation>仍在列出…</translation>
    </message>
    <message>
        <source>No name matches “{text}”</source>
        <translation>没有名称与“{text}”匹配</translation>
    </message>
    <message>
        <source>Every word must occur in the file&apos;s name.</source>
        <translation>文件名中必须包含每一个词。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No pictures in “{name}”</source>
        <translation>“{name}”中没有图片</translation>
    </message>
    <message>
        <source>There are none in the folders below either.</source>
        <translation>子文件夹中也没有图片。</translation>
    </message>
    <message>
        <source>There may be some in the folders below.</source>
        <translation>子文件夹中可能有图片。</translation>
    </message>
    <message>
        <source>Include folders below</source>
        <translation>包含子文件夹</translation>
    </message>
</context>
<context>
    <name>NewRunDialog</name>
    <message>
        <source>Ask about many pictures</source>
        <translation>批量提问</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>批次名称</translation>
    </message>
    <message>
        <source>Most requests at once</source>
        <translation>最大并发请求数</translation>
    </message>
    <message>
        <source>Lightdesk finds out by itself how much the server takes; this is the most it tries</source>
        <translation>Lightdesk 会自动摸清服务器的承受能力；这里是它尝试的上限</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>See a few answers before you ask for all of them</source>
        <translation>先看几个回答，再对全部提问</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try {count} first</source>
        <translation>先试 {count} 张</translation>
    </message>
    <message>
        <source>Ask about all {count}</source>
        <translation>对全部 {count} 张提问</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>About</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>At once, at most</source>
        <translation>最大并发</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>NoteWords</name>
    <message>
        <source>Stopped before the other {count}.</source>
        <translation>已停止，其余 {count} 张未处理。</translation>
    </message>
    <message>
        <source>{done} {stopped}</source>
        <translation>{done}{stopped}</translation>
    </message>
    <message>
        <source>Changing pictures: {done} of {count}…</source>
        <translation>正在修改图片：{done}/{count}…</translation>
    </message>
    <message>
        <source>“{heading}” of {name} set by hand.</source>
        <translation>已手动设置 {name} 的“{heading}”。</translation>
    </message>
    <message>
        <source>“{heading}” of {count} pictures set by hand.</source>
        <translation>已手动设置 {count} 张图片的“{heading}”。</translation>
    </message>
    <message>
        <source>Note of {name} kept.</source>
        <translation>已保存 {name} 的备注。</translation>
    </message>
    <message>
        <source>Note of {count} pictures kept.</source>
        <translation>已保存 {count} 张图片的备注。</translation>
    </message>
    <message>
        <source>“{heading}” of {name} is the vision model&apos;s answer again.</source>
        <translation>{name} 的“{heading}”已恢复为视觉模型的回答。</translation>
    </message>
    <message>
        <source>“{heading}” of {count} pictures is the vision model&apos;s answer again.</source>
        <translation>{count} 张图片的“{heading}”已恢复为视觉模型的回答。</translation>
    </message>
    <message>
        <source>Undone: “{heading}” of {name}.</source>
        <translation>已撤销：{name} 的“{heading}”。</translation>
    </message>
    <message>
        <source>Undone: “{heading}” of {count} pictures.</source>
        <translation>已撤销：{count} 张图片的“{heading}”。</translation>
    </message>
    <message>
        <source>Done again: “{heading}” of {name}.</source>
        <translation>已重做：{name} 的“{heading}”。</translation>
    </message>
    <message>
        <source>Done again: “{heading}” of {count} pictures.</source>
        <translation>已重做：{count} 张图片的“{heading}”。</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>关闭此通知</translation>
    </message>
    <message>
        <source>{count} things were not taken. {first}</source>
        <translation>有 {count} 项无法接收。{first}</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板上没有图片。</translation>
    </message>
    <message>
        <source>Copy a picture, its file, its path or its address, then paste again.</source>
        <translation>请复制图片本身、图片文件、文件路径或图片网址，然后再粘贴。</translation>
    </message>
</context>
<context>
    <name>OptionsPanel</name>
    <message>
        <source>How to ask</source>
        <translation>提问选项</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>For example: You inspect steel bridges. Answer briefly.</source>
        <translation>例如：你负责检查钢桥，请简短回答。</translation>
    </message>
    <message>
        <source>Instructions for every question</source>
        <translation>每次提问都附带的说明</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>随机性</translation>
    </message>
    <message>
        <source>0 gives the most likely words each time, 1 gives more variety</source>
        <translation>0 每次都给出最可能的措辞，1 则更多变化</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>回答长度上限</translation>
    </message>
    <message>
        <source>A token is about three quarters of a word</source>
        <translation>一个汉字大约是一个 token</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>图片尺寸</translation>
    </message>
    <message>
        <source>Image tokens for one picture</source>
        <translation>每张图片的图像 token 数</translation>
    </message>
    <message>
        <source>Reset to the usual values</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Back to the usual values</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Up to {tokens} image tokens for each picture, about {width} × {height} pixels. Larger pictures show smaller details and take longer.</source>
        <translation>每张图片最多 {tokens} 个图像 token，约 {width} × {height} 像素。图片越大，细节越清楚，用时也越长。</translation>
    </message>
</context>
<context>
    <name>PictureActions</name>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Actual pixels, 100 %</source>
        <translation>实际像素（100%）</translation>
    </message>
    <message>
        <source>Show the marks of the answer</source>
        <translation>显示回答中的标记</translation>
    </message>
    <message>
        <source>Facts about this file</source>
        <translation>文件信息</translation>
    </message>
</context>
<context>
    <name>PictureBar</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Zoom {percent} %</source>
        <translation>缩放 {percent}%</translation>
    </message>
    <message>
        <source>{count} note(s)</source>
        <translation>{count} 条说明</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Left, Page up</source>
        <translation>左方向键、Page Up</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Right, Page down</source>
        <translation>右方向键、Page Down</translation>
    </message>
    <message>
        <source>Fit the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>One picture pixel on one screen pixel</source>
        <translation>按实际像素显示</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Show the marks of the answer</source>
        <translation>显示回答中的标记</translation>
    </message>
    <message>
        <source>Facts about this file</source>
        <translation>文件信息</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>{name}, {width} × {height} pixels</source>
        <translation>{name}，{width} × {height} 像素</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个 token</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>Will be sent as it is: {sent}, {tokens}</source>
        <translation>将按原样发送：{sent}，{tokens}</translation>
    </message>
    <message>
        <source>Will be sent: {original} → {sent}, {tokens}</source>
        <translation>发送时调整尺寸：{original} → {sent}，{tokens}</translation>
    </message>
    <message>
        <source>→ {sent}, {tokens}</source>
        <translation>→ {sent}，{tokens}</translation>
    </message>
    <message>
        <source>Too long and thin to be sent whole</source>
        <translation>图片过于狭长，无法整张发送</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>In the folder</source>
        <translation>所在文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>Ask about the picture…</source>
        <translation>就图片提问…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Ctrl+Enter asks, Esc stops the answer</source>
        <translation>Ctrl+Enter 提问，Esc 停止回答</translation>
    </message>
</context>
<context>
    <name>QuestionBubble</name>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>修改后重新提问</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>复制问题</translation>
    </message>
    <message>
        <source>Delete question and answer</source>
        <translation>删除此问答</translation>
    </message>
    <message>
        <source>Copy selected text</source>
        <translation>复制所选文字</translation>
    </message>
</context>
<context>
    <name>QuestionChoice</name>
    <message>
        <source>What to ask</source>
        <translation>提问内容</translation>
    </message>
    <message>
        <source>Forms…</source>
        <translation>表单…</translation>
    </message>
    <message>
        <source>See, change and make forms</source>
        <translation>查看、修改和新建表单</translation>
    </message>
    <message>
        <source>For example: Is there corrosion? Where, and how heavy?</source>
        <translation>例如：有锈蚀吗？在哪里，有多严重？</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>一个问题</translation>
    </message>
    <message>
        <source>{label} (may be left open)</source>
        <translation>{label}（可不填）</translation>
    </message>
    <message>
        <source>What the form asks</source>
        <translation>表单询问的内容</translation>
    </message>
</context>
<context>
    <name>QuoteBar</name>
    <message>
        <source>With the run&apos;s question and answer</source>
        <translation>附上批次的问题和回答</translation>
    </message>
    <message>
        <source>Ask without it (Esc)</source>
        <translation>不附上（Esc）</translation>
    </message>
    <message>
        <source>Ask without the run&apos;s question and answer</source>
        <translation>提问时不附上批次的问题和回答</translation>
    </message>
</context>
<context>
    <name>ReasoningPart</name>
    <message>
        <source>Show the model&apos;s reasoning</source>
        <translation>显示模型的思考过程</translation>
    </message>
    <message>
        <source>Show what the model thought before it answered</source>
        <translation>显示模型回答前的思考</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>思考过程</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Result of the test</source>
        <translation>测试结果</translation>
    </message>
    <message>
        <source>The server answers, in {milliseconds} ms.</source>
        <translation>服务器有响应，用时 {milliseconds} 毫秒。</translation>
    </message>
    <message>
        <source>The key is accepted.</source>
        <translation>密钥有效。</translation>
    </message>
    <message>
        <source>No key is needed.</source>
        <translation>不需要密钥。</translation>
    </message>
    <message>
        <source>Model: {model}, one of {count} on this server</source>
        <translation>模型：{model}（该服务器共有 {count} 个模型）</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>模型：{model}</translation>
    </message>
    <message>
        <source>Whether the model sees pictures could not be found out.</source>
        <translation>无法确定该模型能否看图。</translation>
    </message>
    <message>
        <source>The model sees pictures.</source>
        <translation>该模型能看图。</translation>
    </message>
    <message>
        <source>The model does not see pictures. Choose a vision-language model such as Qwen2-VL.</source>
        <translation>该模型不能看图。请选择视觉语言模型，例如 Qwen2-VL。</translation>
    </message>
    <message>
        <source>Pictures in one question: the server does not say.</source>
        <translation>每次提问的图片数：服务器未说明。</translation>
    </message>
    <message>
        <source>Pictures in one question: up to {count}</source>
        <translation>每次提问的图片数：最多 {count} 张</translation>
    </message>
    <message>
        <source>Context length: the server does not say.</source>
        <translation>上下文长度：服务器未说明。</translation>
    </message>
    <message>
        <source>Context length: {tokens} tokens</source>
        <translation>上下文长度：{tokens} 个 token</translation>
    </message>
    <message>
        <source>Largest picture: not known for this model.</source>
        <translation>最大图片尺寸：该模型的上限未知。</translation>
    </message>
    <message>
        <source>Largest picture the model sees: {megapixels} megapixels, such as {side} × {side} pixels</source>
        <translation>模型能看到的最大图片：{megapixels} 百万像素，例如 {side} × {side} 像素</translation>
    </message>
    <message>
        <source>Largest picture the model sees: about {side} × {side} pixels; larger ones are made smaller</source>
        <translation>模型能看到的最大图片：约 {side} × {side} 像素，更大的图片会被缩小</translation>
    </message>
    <message>
        <source>The server runs on this computer.</source>
        <translation>服务器在本机运行。</translation>
    </message>
    <message>
        <source>The server is on your local network.</source>
        <translation>服务器位于局域网内。</translation>
    </message>
    <message>
        <source>The server is outside your local network.</source>
        <translation>服务器位于局域网之外。</translation>
    </message>
    <message>
        <source>Which program runs the server is not known.</source>
        <translation>无法识别服务器使用的程序。</translation>
    </message>
    <message>
        <source>Program: {program}</source>
        <translation>程序：{program}</translation>
    </message>
</context>
<context>
    <name>RowActions</name>
    <message>
        <source>Values set by hand stay: {count} of the pictures asked again have some.</source>
        <translation>手动设置的值保持不变：重新提问的图片中有 {count} 张含有这样的值。</translation>
    </message>
</context>
<context>
    <name>RunAnswerWords</name>
    <message>
        <source>Run “{name}”</source>
        <translation>批次“{name}”</translation>
    </message>
    <message>
        <source>Answer of the run “{name}”</source>
        <translation>批次“{name}”的回答</translation>
    </message>
    <message>
        <source>run of {moment}</source>
        <translation>批次创建于 {moment}</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>尚未提问。</translation>
    </message>
    <message>
        <source>Will be asked again.</source>
        <translation>将重新提问。</translation>
    </message>
    <message>
        <source>Being asked now…</source>
        <translation>正在提问…</translation>
    </message>
    <message>
        <source>Left out of this run.</source>
        <translation>已从这个批次中略过。</translation>
    </message>
    <message>
        <source>A vision model was asked about this picture:</source>
        <translation>视觉模型曾就这张图片被问到：</translation>
    </message>
    <message>
        <source>It answered:</source>
        <translation>它的回答是：</translation>
    </message>
    <message>
        <source>A person changed this to:</source>
        <translation>人工将其改为：</translation>
    </message>
    <message>
        <source>{label}: {own} (changed by a person to: {value})</source>
        <translation>{label}：{own}（已由人工改为：{value}）</translation>
    </message>
</context>
<context>
    <name>RunCard</name>
    <message>
        <source>Ask about this answer</source>
        <translation>就此回答提问</translation>
    </message>
    <message>
        <source>Your next question goes with the run&apos;s question and this answer</source>
        <translation>下一个问题会附上批次的问题和这个回答</translation>
    </message>
    <message>
        <source>Ask on</source>
        <translation>追问</translation>
    </message>
    <message>
        <source>Fold this answer</source>
        <translation>收起这个回答</translation>
    </message>
    <message>
        <source>Unfold this answer</source>
        <translation>展开这个回答</translation>
    </message>
</context>
<context>
    <name>RunHeader</name>
    <message>
        <source>Progress of the run</source>
        <translation>批次进度</translation>
    </message>
    <message>
        <source>Ask again about every picture that failed</source>
        <translation>对所有失败的图片重新提问</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Hand the table over: Excel, CSV, HTML and others</source>
        <translation>交付表格：Excel、CSV、HTML 等</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Show why pictures failed</source>
        <translation>显示图片失败的原因</translation>
    </message>
    <message>
        <source>More about this run</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>停止批次</translation>
    </message>
    <message>
        <source>Ask the same pictures again…</source>
        <translation>对相同图片再次提问…</translation>
    </message>
    <message>
        <source>What was asked…</source>
        <translation>提问内容…</translation>
    </message>
    <message>
        <source>Hand over to a batch service…</source>
        <translation>交给批处理服务…</translation>
    </message>
    <message>
        <source>Take in batch results…</source>
        <translation>导入批处理结果…</translation>
    </message>
    <message>
        <source>Delete the run…</source>
        <translation>删除批次…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Finish what is being asked and begin nothing more</source>
        <translation>完成正在进行的提问，不再开始新的</translation>
    </message>
    <message>
        <source>Ask the {count} of the sample</source>
        <translation>继续试样的 {count} 张</translation>
    </message>
    <message>
        <source>Go on with the first pictures; the others wait until you have seen the answers</source>
        <translation>继续处理前几张；看过回答后再处理其余图片</translation>
    </message>
    <message>
        <source>Ask the other {count}</source>
        <translation>继续其余 {count} 张</translation>
    </message>
    <message>
        <source>Go on with the pictures that are left</source>
        <translation>继续处理剩余的图片</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ask about every picture of this run</source>
        <translation>对此批次的每张图片提问</translation>
    </message>
    <message>
        <source>Ask the {count} failed again</source>
        <translation>重问失败的 {count} 张</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>Runs</source>
        <translation>批次</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>in another program</source>
        <translation>另一个程序正在处理</translation>
    </message>
    <message>
        <source>finishing, {count} answers still to come</source>
        <translation>正在收尾，还有 {count} 个回答未到</translation>
    </message>
    <message>
        <source>finishing…</source>
        <translation>正在收尾…</translation>
    </message>
    <message>
        <source>working</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>waiting for the server</source>
        <translation>等待服务器</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>sample done</source>
        <translation>试样完成</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>finishing, 1 answer still to come</source>
        <translation>正在收尾，还有 1 个回答未到</translation>
    </message>
    <message>
        <source>told to pause…</source>
        <translation>已通知暂停…</translation>
    </message>
    <message>
        <source>told to stop…</source>
        <translation>已通知停止…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>失败 {count}</translation>
    </message>
    <message>
        <source>{count}/min</source>
        <translation>每分钟 {count} 张</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{sent} tokens in, {got} out</source>
        <translation>输入 {sent}，输出 {got} 个 token</translation>
    </message>
    <message>
        <source>{count} shared with identical pictures</source>
        <translation>{count} 张与相同图片共用回答</translation>
    </message>
    <message>
        <source>the server enforces no form; the prompt asks for it</source>
        <translation>服务器不强制表单格式，由提示词要求</translation>
    </message>
    <message>
        <source>The other window or command does not react. It may be very busy, or hang: if it does, end that program, and the run can go on here. Every answer is kept.</source>
        <translation>另一个窗口或命令没有反应，可能非常繁忙，也可能已经卡住。如果确实卡住，请结束那个程序，然后就可以在这里继续处理。所有回答都已保存。</translation>
    </message>
    <message>
        <source>Another window or command works on this run. Its answers appear here as they come.</source>
        <translation>另一个窗口或命令正在处理这个批次，得到的回答会随时显示在这里。</translation>
    </message>
    <message>
        <source>{why} {rest}</source>
        <translation>{why}{rest}</translation>
    </message>
    <message>
        <source>It was paused from another window or command.</source>
        <translation>已由另一个窗口或命令暂停。</translation>
    </message>
    <message>
        <source>It was stopped from another window or command.</source>
        <translation>已由另一个窗口或命令停止。</translation>
    </message>
    <message>
        <source>The program that worked on it has ended. What it was asking is asked again.</source>
        <translation>处理这个批次的程序已经结束，当时正在询问的图片会重新询问。</translation>
    </message>
    <message>
        <source>The rest takes about {time} at most, and {tokens} tokens.</source>
        <translation>其余部分最多约需 {time}、{tokens} 个 token。</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 天</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message>
        <source>New run…</source>
        <translation>新建批次…</translation>
    </message>
    <message>
        <source>Ask one question or form about many pictures</source>
        <translation>用一个问题或表单询问多张图片</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建批次</translation>
    </message>
    <message>
        <source>Servers…</source>
        <translation>服务器…</translation>
    </message>
    <message>
        <source>Delete the run “{name}”?</source>
        <translation>删除批次“{name}”？</translation>
    </message>
    <message>
        <source>Its {count} answers are deleted from this computer. The pictures stay.</source>
        <translation>其 {count} 个回答将从本机删除。图片不受影响。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Ask one question about many pictures</source>
        <translation>用一个问题询问多张图片</translation>
    </message>
    <message>
        <source>A run asks every picture the same question or form and gathers the answers in a table. Every answer is kept the moment it arrives; a run can be paused and goes on where it was.</source>
        <translation>批次对每张图片提出相同的问题或表单，并将回答汇总成表格。每个回答一到即保存；批次可随时暂停，之后从原处继续。</translation>
    </message>
</context>
<context>
    <name>SchemaView</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>JSON schema</translation>
    </message>
    <message>
        <source>A plain question: no schema is sent.</source>
        <translation>这是普通问题，不发送 schema。</translation>
    </message>
    <message>
        <source>What the vision model is told stands here as soon as there is a field.</source>
        <translation>添加字段后，此处显示将告诉视觉模型的内容。</translation>
    </message>
    <message>
        <source>Without the fields that have mistakes: {count}.</source>
        <translation>未包含有错误的字段：{count} 个。</translation>
    </message>
</context>
<context>
    <name>ScopeBadge</name>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>LAN</source>
        <translation>局域网</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>外部网络</translation>
    </message>
    <message>
        <source>Built-in reader: pictures stay on this computer.</source>
        <translation>内置文字识别：图片只留在本机。</translation>
    </message>
    <message>
        <source>Pictures go to {address}, a program on this computer. They do not leave it.</source>
        <translation>图片发送到本机上的程序 {address}，不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Pictures go to {address} on your local network, and no further.</source>
        <translation>图片发送到局域网内的 {address}，不会传到更远的地方。</translation>
    </message>
    <message>
        <source>Pictures leave your local network: they go to {address}.</source>
        <translation>图片会离开局域网，发送到 {address}。</translation>
    </message>
    <message>
        <source>built-in reader</source>
        <translation>内置文字识别</translation>
    </message>
    <message>
        <source>Where pictures go: {scope}</source>
        <translation>图片去向：{scope}</translation>
    </message>
</context>
<context>
    <name>ScopeChoices</name>
    <message>
        <source>Choose a list…</source>
        <translation>选择列表…</translation>
    </message>
    <message>
        <source>A text file with the path of one picture in each line; it can also be dropped here</source>
        <translation>每行写有一张图片路径的文本文件；也可以拖放到这里</translation>
    </message>
    <message>
        <source>Looking for the pictures of “{name}”…</source>
        <translation>正在查找“{name}”中的图片…</translation>
    </message>
    <message>
        <source>Choose a list of pictures</source>
        <translation>选择图片列表</translation>
    </message>
    <message>
        <source>Lists (*.txt *.lst *.list)</source>
        <translation>列表 (*.txt *.lst *.list)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ScopeWords</name>
    <message>
        <source>The {count} pictures found in “{folder}” so far</source>
        <translation>“{folder}”中目前找到的 {count} 张图片</translation>
    </message>
    <message>
        <source>No picture is in “{folder}”</source>
        <translation>“{folder}”中没有图片</translation>
    </message>
    <message>
        <source>None of the pictures named in it was found. A list is a text file with the path of one picture in each line.</source>
        <translation>列表中的图片一张也没有找到。列表是每行写有一张图片路径的文本文件。</translation>
    </message>
    <message>
        <source>Every picture named in it was found.</source>
        <translation>列表中的图片都找到了。</translation>
    </message>
    <message>
        <source>1 more was not found and is left out: {names}</source>
        <translation>另有 1 张没有找到，不会提问：{names}</translation>
    </message>
    <message>
        <source>{count} more were not found and are left out: {names}</source>
        <translation>另有 {count} 张没有找到，不会提问：{names}</translation>
    </message>
    <message>
        <source>The one picture that the filter “{filter}” shows</source>
        <translation>筛选“{filter}”显示的 1 张图片</translation>
    </message>
    <message>
        <source>The one selected picture</source>
        <translation>选中的 1 张图片</translation>
    </message>
    <message>
        <source>The one picture of the run “{folder}”</source>
        <translation>批次“{folder}”的 1 张图片</translation>
    </message>
    <message>
        <source>The one picture in “{folder}”</source>
        <translation>“{folder}”中的 1 张图片</translation>
    </message>
    <message>
        <source>The {count} pictures that the filter “{filter}” shows</source>
        <translation>筛选“{filter}”显示的 {count} 张图片</translation>
    </message>
    <message>
        <source>The {count} selected pictures</source>
        <translation>选中的 {count} 张图片</translation>
    </message>
    <message>
        <source>The {count} pictures of the run “{folder}”</source>
        <translation>批次“{folder}”的 {count} 张图片</translation>
    </message>
    <message>
        <source>All {count} pictures in “{folder}”</source>
        <translation>“{folder}”中的全部 {count} 张图片</translation>
    </message>
    <message>
        <source>The pictures named in a list</source>
        <translation>列表中的图片</translation>
    </message>
    <message>
        <source>No picture named in “{name}” was found</source>
        <translation>“{name}”列出的图片都没有找到</translation>
    </message>
    <message>
        <source>The one picture named in “{name}”</source>
        <translation>“{name}”列出的 1 张图片</translation>
    </message>
    <message>
        <source>The {count} pictures named in “{name}”</source>
        <translation>“{name}”列出的 {count} 张图片</translation>
    </message>
</context>
<context>
    <name>ServerChecks</name>
    <message>
        <source>No server is connected.</source>
        <translation>尚未连接服务器。</translation>
    </message>
    <message>
        <source>Several servers share the work; one that fails is left alone for a while</source>
        <translation>多个服务器分担工作；出故障的会暂时搁置</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>An address looks like http://gpu-box:8000</source>
        <translation>地址形如 http://gpu-box:8000</translation>
    </message>
    <message>
        <source>First model of the server</source>
        <translation>服务器的第一个模型</translation>
    </message>
    <message>
        <source>First model of the server: {model}</source>
        <translation>服务器的第一个模型：{model}</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Ask the server for its models</source>
        <translation>从服务器获取模型列表</translation>
    </message>
    <message>
        <source>This server is outside your local network. Every picture you ask about, and your questions, will be sent to it. Lightdesk refuses to do so until you agree here.</source>
        <translation>该服务器位于局域网之外。您提问时用到的每张图片以及问题本身都会发送给它。在此勾选同意之前，Lightdesk 不会发送。</translation>
    </message>
    <message>
        <source>This server is outside your local network, and the settings of this computer forbid sending pictures there.</source>
        <translation>该服务器位于局域网之外，而这台电脑的设置禁止向外部发送图片。</translation>
    </message>
    <message>
        <source>Kept in the keyring of this computer. Leave empty if the server needs none.</source>
        <translation>保存在系统的密钥环中。服务器不需要密钥时请留空。</translation>
    </message>
    <message>
        <source>This computer has no keyring. The key is kept in a file that only your user account can read.</source>
        <translation>这台电脑没有密钥环，密钥将保存在只有您的账户能读取的文件中。</translation>
    </message>
    <message>
        <source>Address of the server; http:// and /v1 may be left out</source>
        <translation>服务器地址，可省略 http:// 和 /v1</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>What the address means</source>
        <translation>地址的含义</translation>
    </message>
    <message>
        <source>A name of your own; the address is used when this is empty</source>
        <translation>自定义名称，留空则使用地址</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Another server has this name already.</source>
        <translation>已有同名的服务器。</translation>
    </message>
    <message>
        <source>The API key that the server asks for, if any</source>
        <translation>服务器要求的 API 密钥（如有）</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>The vision-language model to ask; choose or type its name</source>
        <translation>要使用的视觉语言模型，可选择或输入名称</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Pictures may leave my network &amp;for this server</source>
        <translation>允许将图片发送到局域网之外的这台服务器(&amp;F)</translation>
    </message>
    <message>
        <source>Pictures may leave my network for this server</source>
        <translation>允许将图片发送到局域网之外的这台服务器</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>on your local network</source>
        <translation>在局域网内</translation>
    </message>
    <message>
        <source>outside your local network</source>
        <translation>在局域网之外</translation>
    </message>
</context>
<context>
    <name>ServerList</name>
    <message>
        <source>Add &amp;server</source>
        <translation>添加服务器(&amp;S)</translation>
    </message>
    <message>
        <source>Add server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Set up another server ({keys})</source>
        <translation>设置一台新服务器（{keys}）</translation>
    </message>
    <message>
        <source>Remove server</source>
        <translation>移除服务器</translation>
    </message>
    <message>
        <source>Remove the selected server ({keys})</source>
        <translation>移除所选服务器（{keys}）</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Built-in reader</source>
        <translation>内置文字识别</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新服务器</translation>
    </message>
    <message>
        <source>Remove the server {name}?</source>
        <translation>要移除服务器“{name}”吗？</translation>
    </message>
    <message>
        <source>Its settings and its key are deleted. Conversations held with it are kept.</source>
        <translation>其设置和密钥将被删除，与它的对话会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Who can answer</source>
        <translation>可以回答的服务</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>ServerSwitcher</name>
    <message>
        <source>Built-in reader</source>
        <translation>内置文字识别</translation>
    </message>
    <message>
        <source>Reads text in pictures on this computer</source>
        <translation>在本机识别图片中的文字</translation>
    </message>
    <message>
        <source>Manage servers…</source>
        <translation>管理服务器…</translation>
    </message>
    <message>
        <source>Who answers: {name}. Press to choose another.</source>
        <translation>当前由“{name}”回答，点击可更换。</translation>
    </message>
    <message>
        <source>Who answers: {name}</source>
        <translation>当前由“{name}”回答</translation>
    </message>
</context>
<context>
    <name>ServersDialog</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>&amp;Use the built-in reader</source>
        <translation>使用内置文字识别(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Use this server</source>
        <translation>使用这台服务器(&amp;U)</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新服务器</translation>
    </message>
    <message>
        <source>Save the changes to your servers?</source>
        <translation>要保存对服务器的修改吗？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>Save this server ({keys})</source>
        <translation>保存这台服务器（{keys}）</translation>
    </message>
    <message>
        <source>Ask here from now on; changes are saved first</source>
        <translation>今后由它回答；会先保存修改</translation>
    </message>
    <message>
        <source>In use: questions go here</source>
        <translation>使用中：问题会发送到这里</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close this window ({keys})</source>
        <translation>关闭此窗口（{keys}）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>Built-in reader</source>
        <translation>内置文字识别</translation>
    </message>
    <message>
        <source>The built-in reader finds the text in a picture, Chinese and English, and marks where it stands. It works on this computer, without any server, and sends nothing anywhere.</source>
        <translation>内置文字识别能找出图片中的中英文文字，并标出文字所在的位置。它在本机运行，不需要服务器，也不向任何地方发送数据。</translation>
    </message>
    <message>
        <source>It is no vision model: it does not understand your question, and it sees nothing but text. To ask what a picture shows, add a server with a vision-language model.</source>
        <translation>它不是视觉模型：既不理解您的问题，也只能看到文字。要询问图片的内容，请添加一台运行视觉语言模型的服务器。</translation>
    </message>
    <message>
        <source>Stop the &amp;test</source>
        <translation>停止测试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Stop trying the server</source>
        <translation>停止测试服务器</translation>
    </message>
    <message>
        <source>Try the server as it stands here; nothing is saved</source>
        <translation>按当前填写的内容测试，不会保存</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Cleared</source>
        <translation>已清除</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>外观(&amp;T)</translation>
    </message>
    <message>
        <source>Light or dark window</source>
        <translation>浅色或深色窗口</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>界面语言</translation>
    </message>
    <message>
        <source>The language changes when Lightdesk is started again.</source>
        <translation>重新启动 Lightdesk 后，语言才会更改。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>List the pictures in &amp;folders below too</source>
        <translation>同时列出子文件夹中的图片(&amp;F)</translation>
    </message>
    <message>
        <source>List the pictures in folders below too</source>
        <translation>同时列出子文件夹中的图片</translation>
    </message>
    <message>
        <source>What a newly opened folder starts with</source>
        <translation>打开新文件夹时的默认方式</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Clear the thumbnail cache</source>
        <translation>清除缩略图缓存</translation>
    </message>
    <message>
        <source>Delete the kept thumbnails; they are made again when needed</source>
        <translation>删除已保存的缩略图，需要时会重新生成</translation>
    </message>
    <message>
        <source>Most disk space that thumbnails may take</source>
        <translation>缩略图最多占用的磁盘空间</translation>
    </message>
    <message>
        <source>Thumbnail &amp;cache</source>
        <translation>缩略图缓存(&amp;C)</translation>
    </message>
    <message>
        <source> megapixels</source>
        <translation> 百万像素</translation>
    </message>
    <message>
        <source>Pictures above this are not opened; it protects against files made to fill the memory</source>
        <translation>超过此大小的图片不会打开，以防恶意文件耗尽内存</translation>
    </message>
    <message>
        <source>Largest &amp;picture</source>
        <translation>最大图片(&amp;P)</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>&amp;Never send pictures outside my network</source>
        <translation>绝不将图片发送到局域网之外(&amp;N)</translation>
    </message>
    <message>
        <source>Never send pictures outside my network</source>
        <translation>绝不将图片发送到局域网之外</translation>
    </message>
    <message>
        <source>Servers outside the local network are refused, even those that were allowed for themselves.</source>
        <translation>拒绝使用局域网之外的服务器，即使曾单独允许过。</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this window ({keys})</source>
        <translation>关闭此窗口（{keys}）</translation>
    </message>
</context>
<context>
    <name>ShortcutsWindow</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>Search by what it does or by key</source>
        <translation>按功能或按键搜索</translation>
    </message>
    <message>
        <source>No shortcut has these words.</source>
        <translation>没有匹配的快捷键。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>No picture is open</source>
        <translation>尚未打开图片</translation>
    </message>
    <message>
        <source>Open a folder, or drop pictures here. They stay where they are; nothing is copied or sent until you ask.</source>
        <translation>打开文件夹，或将图片拖到这里。图片留在原处；在您提问之前，不会复制或发送任何内容。</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Choose a folder of pictures (Ctrl+O)</source>
        <translation>选择图片文件夹（Ctrl+O）</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>{position} of {total}</source>
        <translation>第 {position} 张，共 {total} 张</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>已选 {count} 张</translation>
    </message>
    <message>
        <source>{count} selected; a question takes up to {most}</source>
        <translation>已选 {count} 张；一次提问最多 {most} 张</translation>
    </message>
    <message>
        <source>1 run working</source>
        <translation>1 个批次进行中</translation>
    </message>
    <message>
        <source>{count} runs working</source>
        <translation>{count} 个批次进行中</translation>
    </message>
</context>
<context>
    <name>SummaryPainter</name>
    <message>
        <source>{count} more…</source>
        <translation>还有 {count} 项…</translation>
    </message>
</context>
<context>
    <name>SummaryStrip</name>
    <message>
        <source>Summaries of the columns</source>
        <translation>各列汇总</translation>
    </message>
    <message>
        <source>{heading}: show all values</source>
        <translation>{heading}：显示所有值</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <source>{shown} of {total} pictures</source>
        <translation>{total} 张图片中的 {shown} 张</translation>
    </message>
</context>
<context>
    <name>ThreadView</name>
    <message>
        <source>Show older questions</source>
        <translation>显示更早的问题</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问题与回答</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>{what}; hold for recent folders</source>
        <translation>{what}；按住可选择最近打开的文件夹</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开的文件夹</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Add pictures to the question</source>
        <translation>为问题添加图片</translation>
    </message>
    <message>
        <source>Pictures in the question</source>
        <translation>问题中的图片</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>向左移</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>向右移</translation>
    </message>
    <message>
        <source>Take out of the question</source>
        <translation>从问题中移除</translation>
    </message>
    <message>
        <source>Keep these pictures while you browse</source>
        <translation>浏览时保留这些图片</translation>
    </message>
    <message>
        <source>These pictures stay. Press to follow the selection again</source>
        <translation>已固定这些图片，点击可重新跟随所选图片</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已固定</translation>
    </message>
</context>
<context>
    <name>TrayItem</name>
    <message>
        <source>Picture {number}: {name}</source>
        <translation>图片 {number}：{name}</translation>
    </message>
    <message>
        <source>Alt+Left and Alt+Right change the order, Delete takes it out</source>
        <translation>Alt+左/右方向键调整顺序，Delete 移除</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>No picture is selected.</source>
        <translation>尚未选择图片。</translation>
    </message>
    <message>
        <source>No server is connected.</source>
        <translation>尚未连接服务器。</translation>
    </message>
    <message>
        <source>Select one in the gallery, then try again.</source>
        <translation>请在图库中选择一张，然后再试。</translation>
    </message>
    <message>
        <source>A form needs a server with a vision model.</source>
        <translation>表单需要运行视觉模型的服务器。</translation>
    </message>
    <message>
        <source>Connect to one; the built-in reader only finds text in pictures.</source>
        <translation>请连接服务器；内置文字识别只能找出图片中的文字。</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>The selected picture</source>
        <translation>所选图片</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>See what comes back before you ask about many pictures. Nothing has to be saved for it.</source>
        <translation>在询问大量图片之前，先看看会得到什么。无需先保存。</translation>
    </message>
    <message>
        <source>The form has changed since. Try it again.</source>
        <translation>此后表单已更改，请重新试问。</translation>
    </message>
    <message>
        <source>Raw answer</source>
        <translation>原始回答</translation>
    </message>
    <message>
        <source>Show the raw answer</source>
        <translation>显示原始回答</translation>
    </message>
    <message>
        <source>What the vision model answered, word for word</source>
        <translation>视觉模型的回答原文</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Try it</source>
        <translation>试问(&amp;T)</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <translation>停止询问</translation>
    </message>
    <message>
        <source>Ask the server about the selected picture</source>
        <translation>就所选图片询问服务器</translation>
    </message>
    <message>
        <source>{what} ({keys})</source>
        <translation>{what}（{keys}）</translation>
    </message>
</context>
<context>
    <name>TrialTable</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>How likely this option was for the vision model beside the others</source>
        <translation>与其他选项相比，视觉模型选择此项的可能性</translation>
    </message>
</context>
<context>
    <name>TroubleWords</name>
    <message>
        <source>The run goes on by itself as soon as one of its servers answers.</source>
        <translation>只要有一台服务器恢复响应，批次就会自动继续。</translation>
    </message>
    <message>
        <source>The run goes on by itself as soon as the server answers.</source>
        <translation>服务器一有响应，批次就会自动继续。</translation>
    </message>
    <message>
        <source>Without “{server}” for now: {sentence}</source>
        <translation>暂时不用“{server}”：{sentence}</translation>
    </message>
    <message>
        <source>The run goes on with the other servers. A server that can be used again joins by itself.</source>
        <translation>批次会用其他服务器继续；恢复可用的服务器会自动加入。</translation>
    </message>
</context>
<context>
    <name>TurnWidget</name>
    <message>
        <source>Earlier answer</source>
        <translation>上一个回答</translation>
    </message>
    <message>
        <source>Later answer</source>
        <translation>下一个回答</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 个，共 {count} 个</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>The edited question replaced the earlier one.</source>
        <translation>修改后的问题已取代原来的问题。</translation>
    </message>
    <message>
        <source>The edited question replaced {count} earlier questions and their answers.</source>
        <translation>修改后的问题已取代原来的 {count} 个问题及其回答。</translation>
    </message>
    <message>
        <source>Question and answer deleted.</source>
        <translation>已删除此问答。</translation>
    </message>
    <message>
        <source>{count} questions and answers deleted.</source>
        <translation>已删除 {count} 个问答。</translation>
    </message>
</context>
<context>
    <name>ValueWords</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>无值</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>left {left}, top {top}, right {right}, bottom {bottom}</source>
        <translation>左 {left}，上 {top}，右 {right}，下 {bottom}</translation>
    </message>
    <message>
        <source>no box</source>
        <translation>无框</translation>
    </message>
    <message>
        <source>1 box</source>
        <translation>1 个框</translation>
    </message>
    <message>
        <source>{count} boxes</source>
        <translation>{count} 个框</translation>
    </message>
    <message>
        <source>{count} %</source>
        <translation>{count}%</translation>
    </message>
    <message>
        <source>{percent} sure</source>
        <translation>把握 {percent}</translation>
    </message>
    <message>
        <source>Set by hand. The vision model answered: {value}</source>
        <translation>手动设置。视觉模型的回答：{value}</translation>
    </message>
    <message>
        <source>The answer does not follow the form.</source>
        <translation>回答没有按照表单填写。</translation>
    </message>
    <message>
        <source>The answer was too long and was cut off.</source>
        <translation>回答过长，被截断了。</translation>
    </message>
    <message>
        <source>The vision model lost its way and wrote only blanks.</source>
        <translation>视觉模型出错，只输出了空白。</translation>
    </message>
    <message>
        <source>The answer says nothing about this.</source>
        <translation>回答中没有提到这一项。</translation>
    </message>
    <message>
        <source>The answer is of another kind than the form asks for.</source>
        <translation>回答的类型与表单要求不符。</translation>
    </message>
    <message>
        <source>The number is outside the range of the form.</source>
        <translation>数字超出了表单规定的范围。</translation>
    </message>
    <message>
        <source>The answer is longer than the form allows.</source>
        <translation>回答超过了表单允许的长度。</translation>
    </message>
    <message>
        <source>The answer is none of the choices.</source>
        <translation>回答不在选项之中。</translation>
    </message>
    <message>
        <source>The answer is no date.</source>
        <translation>回答不是日期。</translation>
    </message>
</context>
<context>
    <name>VariablesButton</name>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Words that are different for each picture</source>
        <translation>每张图片各不相同的内容</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>像素尺寸</translation>
    </message>
    <message>
        <source>Answer of an earlier run</source>
        <translation>之前批次的回答</translation>
    </message>
</context>
<context>
    <name>_Reason</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>{why} And {count} more like it.</source>
        <translation>{why}另有 {count} 张情况相同。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>The picture {name} is no longer there.</source>
        <translation>图片“{name}”已不在原处。</translation>
    </message>
    <message>
        <source>It may have been moved or renamed, or its drive is not connected.</source>
        <translation>它可能已被移动或改名，也可能所在的磁盘未连接。</translation>
    </message>
    <message>
        <source>The picture {name} cannot be read.</source>
        <translation>无法读取图片“{name}”。</translation>
    </message>
    <message>
        <source>Check that you may open this file.</source>
        <translation>请确认您有权打开此文件。</translation>
    </message>
    <message>
        <source>The file {name} is empty.</source>
        <translation>文件“{name}”是空的。</translation>
    </message>
    <message>
        <source>Copy it again from where it came from.</source>
        <translation>请从原来的地方重新复制。</translation>
    </message>
    <message>
        <source>The picture {name} is damaged.</source>
        <translation>图片“{name}”已损坏。</translation>
    </message>
    <message>
        <source>{name} is not a picture that Lightdesk can open.</source>
        <translation>“{name}”不是 Lightdesk 能打开的图片。</translation>
    </message>
    <message>
        <source>Use JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC.</source>
        <translation>请使用 JPEG、PNG、WebP、GIF、BMP、TIFF、AVIF 或 HEIC 格式。</translation>
    </message>
    <message>
        <source>{name} has {megapixels} megapixels, more than the limit of {limit}.</source>
        <translation>“{name}”有 {megapixels} 百万像素，超过了 {limit} 百万像素的上限。</translation>
    </message>
    <message>
        <source>Raise the limit in the settings if you trust this file.</source>
        <translation>如果您信任此文件，可在设置中提高上限。</translation>
    </message>
    <message>
        <source>{name} is too long and thin for the vision model.</source>
        <translation>“{name}”过于狭长，视觉模型无法处理。</translation>
    </message>
    <message>
        <source>Ask about a part of it instead.</source>
        <translation>请改为就其中一部分提问。</translation>
    </message>
    <message>
        <source>{name} takes too long to open.</source>
        <translation>打开“{name}”用时过长。</translation>
    </message>
    <message>
        <source>The drive or network share may have stopped answering. Lightdesk goes on without it.</source>
        <translation>磁盘或网络共享可能没有响应。Lightdesk 会跳过它继续运行。</translation>
    </message>
    <message>
        <source>There is not enough memory to open {name}.</source>
        <translation>内存不足，无法打开“{name}”。</translation>
    </message>
    <message>
        <source>Close other programs, or use a smaller copy of the picture.</source>
        <translation>请关闭其他程序，或使用较小的图片副本。</translation>
    </message>
    <message>
        <source>The folder {name} is not there.</source>
        <translation>文件夹“{name}”不存在。</translation>
    </message>
    <message>
        <source>Check that its drive or network share is connected.</source>
        <translation>请检查所在的磁盘或网络共享是否已连接。</translation>
    </message>
    <message>
        <source>The folder {name} cannot be opened.</source>
        <translation>无法打开文件夹“{name}”。</translation>
    </message>
    <message>
        <source>Check that you may open this folder.</source>
        <translation>请确认您有权打开此文件夹。</translation>
    </message>
    <message>
        <source>The picture at {address} could not be fetched.</source>
        <translation>无法获取 {address} 处的图片。</translation>
    </message>
    <message>
        <source>Check the address, and whether this computer may reach it.</source>
        <translation>请检查网址，以及这台电脑能否访问它。</translation>
    </message>
    <message>
        <source>The file at {address} is larger than {limit} MB.</source>
        <translation>{address} 处的文件超过 {limit} MB。</translation>
    </message>
    <message>
        <source>Save it to this computer and open it from there.</source>
        <translation>请先保存到本机，再从本机打开。</translation>
    </message>
    <message>
        <source>There is no picture at {address}.</source>
        <translation>{address} 处没有图片。</translation>
    </message>
    <message>
        <source>Use the address of the picture itself, not of the page that shows it.</source>
        <translation>请使用图片本身的网址，而不是显示该图片的网页。</translation>
    </message>
    <message>
        <source>Fetching {address} took too long.</source>
        <translation>获取 {address} 用时过长。</translation>
    </message>
    <message>
        <source>Try again, or save the picture to this computer first.</source>
        <translation>请重试，或先将图片保存到本机。</translation>
    </message>
    <message>
        <source>{address} is not a server address.</source>
        <translation>“{address}”不是服务器地址。</translation>
    </message>
    <message>
        <source>It should look like http://gpu-box:8000.</source>
        <translation>地址应形如 http://gpu-box:8000。</translation>
    </message>
    <message>
        <source>The server {server} cannot be found.</source>
        <translation>找不到服务器 {server}。</translation>
    </message>
    <message>
        <source>Check the address and whether this computer is on the right network.</source>
        <translation>请检查地址，以及这台电脑是否连接到正确的网络。</translation>
    </message>
    <message>
        <source>The server at {server} does not answer.</source>
        <translation>服务器 {server} 没有响应。</translation>
    </message>
    <message>
        <source>Is it switched on, and has the model finished starting?</source>
        <translation>它开机了吗？模型是否已启动完毕？</translation>
    </message>
    <message>
        <source>The server {server} took too long to answer.</source>
        <translation>服务器 {server} 响应超时。</translation>
    </message>
    <message>
        <source>It may be busy. Try again in a moment.</source>
        <translation>它可能正忙，请稍后重试。</translation>
    </message>
    <message>
        <source>The connection to {server} is not trusted.</source>
        <translation>与 {server} 的连接不受信任。</translation>
    </message>
    <message>
        <source>Its certificate is not known to this computer; ask whoever runs the server.</source>
        <translation>这台电脑不认识它的证书，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>The server {server} did not accept the key.</source>
        <translation>服务器 {server} 不接受此密钥。</translation>
    </message>
    <message>
        <source>Enter the key again in the server&apos;s settings.</source>
        <translation>请在服务器设置中重新输入密钥。</translation>
    </message>
    <message>
        <source>The server {server} wants a key.</source>
        <translation>服务器 {server} 需要密钥。</translation>
    </message>
    <message>
        <source>Enter it in the server&apos;s settings; whoever runs the server has it.</source>
        <translation>请在服务器设置中输入密钥；管理该服务器的人会提供。</translation>
    </message>
    <message>
        <source>The server {server} has no model named {model}.</source>
        <translation>服务器 {server} 上没有名为 {model} 的模型。</translation>
    </message>
    <message>
        <source>Choose one of its models in the server&apos;s settings.</source>
        <translation>请在服务器设置中选择它已有的模型。</translation>
    </message>
    <message>
        <source>The server {server} offers no model.</source>
        <translation>服务器 {server} 没有提供任何模型。</translation>
    </message>
    <message>
        <source>Load a vision-language model on the server.</source>
        <translation>请在服务器上加载一个视觉语言模型。</translation>
    </message>
    <message>
        <source>The model {model} cannot see pictures.</source>
        <translation>模型 {model} 不能看图。</translation>
    </message>
    <message>
        <source>Choose a vision-language model such as Qwen2-VL.</source>
        <translation>请选择视觉语言模型，例如 Qwen2-VL。</translation>
    </message>
    <message>
        <source>The server takes at most {limit} pictures in one question.</source>
        <translation>服务器每次提问最多接受 {limit} 张图片。</translation>
    </message>
    <message>
        <source>Take some pictures out, or ask about them in smaller groups.</source>
        <translation>请去掉一些图片，或分成几组提问。</translation>
    </message>
    <message>
        <source>This is more than the model can take in at once ({limit} tokens).</source>
        <translation>内容超过了模型一次能处理的长度（{limit} 个 token）。</translation>
    </message>
    <message>
        <source>Use fewer pictures, a smaller picture size, or start a new conversation.</source>
        <translation>请减少图片、缩小图片尺寸，或开始新的对话。</translation>
    </message>
    <message>
        <source>The server could not use a picture.</source>
        <translation>服务器无法使用其中一张图片。</translation>
    </message>
    <message>
        <source>Try a smaller picture size; the details hold the server&apos;s words.</source>
        <translation>请尝试较小的图片尺寸；服务器的原话见详细信息。</translation>
    </message>
    <message>
        <source>The server did not accept the question.</source>
        <translation>服务器没有接受这个问题。</translation>
    </message>
    <message>
        <source>The details hold the server&apos;s words.</source>
        <translation>服务器的原话见详细信息。</translation>
    </message>
    <message>
        <source>The question is too large for a gateway before the server.</source>
        <translation>问题过大，服务器前的网关拒绝接收。</translation>
    </message>
    <message>
        <source>Use fewer pictures or a smaller picture size.</source>
        <translation>请减少图片或缩小图片尺寸。</translation>
    </message>
    <message>
        <source>The server {server} is too busy.</source>
        <translation>服务器 {server} 太忙。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>A gateway before the server {server} gave up.</source>
        <translation>服务器 {server} 前的网关放弃了请求。</translation>
    </message>
    <message>
        <source>The model server behind it may be down or slow. Try again in a moment.</source>
        <translation>其后的模型服务器可能已停止或较慢，请稍后重试。</translation>
    </message>
    <message>
        <source>The model on {server} has crashed.</source>
        <translation>{server} 上的模型已崩溃。</translation>
    </message>
    <message>
        <source>Restart the server, or ask whoever runs it to do so.</source>
        <translation>请重启服务器，或请管理员重启。</translation>
    </message>
    <message>
        <source>The server {server} had a problem of its own.</source>
        <translation>服务器 {server} 内部出错。</translation>
    </message>
    <message>
        <source>Try again; the details hold the server&apos;s words.</source>
        <translation>请重试；服务器的原话见详细信息。</translation>
    </message>
    <message>
        <source>The connection to {server} was lost in the middle of the answer.</source>
        <translation>回答过程中与 {server} 的连接中断。</translation>
    </message>
    <message>
        <source>What arrived is kept. Ask again for the whole answer.</source>
        <translation>已收到的内容会保留。再次提问即可获得完整回答。</translation>
    </message>
    <message>
        <source>{server} answers, but not as a model server.</source>
        <translation>{server} 有响应，但不是模型服务器。</translation>
    </message>
    <message>
        <source>Check the address and the port; the details show what came back.</source>
        <translation>请检查地址和端口；返回的内容见详细信息。</translation>
    </message>
    <message>
        <source>There is no server named {name}.</source>
        <translation>没有名为“{name}”的服务器。</translation>
    </message>
    <message>
        <source>List the servers, or give a full address.</source>
        <translation>请查看服务器列表，或输入完整地址。</translation>
    </message>
    <message>
        <source>Lightdesk may not send anything to {host}.</source>
        <translation>Lightdesk 不能向 {host} 发送任何内容。</translation>
    </message>
    <message>
        <source>It is outside your network. Allow it in the server&apos;s settings if you mean it.</source>
        <translation>它位于局域网之外。如确有需要，请在服务器设置中允许。</translation>
    </message>
    <message>
        <source>The address leads on to {host}, which was not allowed.</source>
        <translation>该地址转到了未获允许的 {host}。</translation>
    </message>
    <message>
        <source>Use that address itself if you trust it.</source>
        <translation>如果您信任那个地址，请直接使用它。</translation>
    </message>
    <message>
        <source>The built-in reader could not read {name}.</source>
        <translation>内置文字识别无法读取“{name}”。</translation>
    </message>
    <message>
        <source>The details say why; other pictures are not affected.</source>
        <translation>原因见详细信息；其他图片不受影响。</translation>
    </message>
    <message>
        <source>The library of conversations cannot be written.</source>
        <translation>无法写入对话库。</translation>
    </message>
    <message>
        <source>Close other copies of Lightdesk and check the disk.</source>
        <translation>请关闭其他 Lightdesk 窗口，并检查磁盘。</translation>
    </message>
    <message>
        <source>The library was written by a newer Lightdesk.</source>
        <translation>对话库由更新版本的 Lightdesk 写入。</translation>
    </message>
    <message>
        <source>Install the newer version; nothing was changed.</source>
        <translation>请安装新版本；数据没有任何改动。</translation>
    </message>
    <message>
        <source>The library {path} is damaged, or no library of Lightdesk.</source>
        <translation>对话库 {path} 已损坏，或不是 Lightdesk 的对话库。</translation>
    </message>
    <message>
        <source>Put a copy of it in its place, or move it away: the next start makes an empty one.</source>
        <translation>请用备份替换它，或将它移走：下次启动时会新建一个空的对话库。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Make room; Lightdesk keeps what it has and tries again.</source>
        <translation>请腾出空间；Lightdesk 会保留已有内容并再次尝试。</translation>
    </message>
    <message>
        <source>The settings file could not be understood and was set aside as {name}.</source>
        <translation>设置文件无法识别，已另存为 {name}。</translation>
    </message>
    <message>
        <source>Lightdesk uses its defaults for what it could not read.</source>
        <translation>无法读取的部分，Lightdesk 使用默认值。</translation>
    </message>
    <message>
        <source>The settings file {name} cannot be read.</source>
        <translation>无法读取设置文件 {name}。</translation>
    </message>
    <message>
        <source>Check that you may open this file; Lightdesk uses its defaults.</source>
        <translation>请确认您有权打开此文件；Lightdesk 暂用默认设置。</translation>
    </message>
    <message>
        <source>The settings cannot be saved.</source>
        <translation>无法保存设置。</translation>
    </message>
    <message>
        <source>Check that you may write to {name}; they are kept until Lightdesk ends.</source>
        <translation>请确认您有权写入 {name}；在 Lightdesk 关闭之前，这些设置仍然有效。</translation>
    </message>
    <message>
        <source>The administrator&apos;s settings in {name} could not be understood.</source>
        <translation>无法识别 {name} 中的管理员设置。</translation>
    </message>
    <message>
        <source>Until that file is put right, nothing is sent outside the local network.</source>
        <translation>在该文件改正之前，不会向局域网之外发送任何内容。</translation>
    </message>
    <message>
        <source>The keyring of this computer does not open.</source>
        <translation>无法打开这台电脑的密钥环。</translation>
    </message>
    <message>
        <source>Unlock it, or log in again, and then repeat the step.</source>
        <translation>请解锁密钥环或重新登录，然后再试一次。</translation>
    </message>
    <message>
        <source>The pasted picture could not be saved.</source>
        <translation>无法保存粘贴的图片。</translation>
    </message>
    <message>
        <source>Check that you may write to {name}.</source>
        <translation>请确认您有权写入 {name}。</translation>
    </message>
    <message>
        <source>The system library {library} is missing.</source>
        <translation>缺少系统库 {library}。</translation>
    </message>
    <message>
        <source>Install it with: {command}</source>
        <translation>请用以下命令安装：{command}</translation>
    </message>
    <message>
        <source>There is no screen to open a window on.</source>
        <translation>没有可用来打开窗口的屏幕。</translation>
    </message>
    <message>
        <source>Start it from a desktop session; `lightdesk ask` works without one.</source>
        <translation>请在桌面环境中启动；`lightdesk ask` 无需桌面即可使用。</translation>
    </message>
    <message>
        <source>This is not a form that Lightdesk can use.</source>
        <translation>这不是 Lightdesk 能使用的表单。</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>The form was made by a newer version of Lightdesk.</source>
        <translation>此表单由更新版本的 Lightdesk 创建。</translation>
    </message>
    <message>
        <source>Update Lightdesk, or ask for the form in the older way of writing it.</source>
        <translation>请更新 Lightdesk，或索取旧格式的表单。</translation>
    </message>
    <message>
        <source>The form cannot be saved as {name}.</source>
        <translation>无法将表单保存为 {name}。</translation>
    </message>
    <message>
        <source>Choose another folder, or check that you may write there.</source>
        <translation>请选择其他文件夹，或检查您是否有写入权限。</translation>
    </message>
    <message>
        <source>There is no form named {name}.</source>
        <translation>没有名为 {name} 的表单。</translation>
    </message>
    <message>
        <source>Look at the list of forms for its name, or choose a form file.</source>
        <translation>请在表单列表中查看名称，或选择一个表单文件。</translation>
    </message>
    <message>
        <source>The prompt names {name}, which is nothing Lightdesk knows of a picture.</source>
        <translation>提示词中的 {name} 不是 Lightdesk 所知的图片信息。</translation>
    </message>
    <message>
        <source>Use file, folder, taken or size, or a field of an earlier run.</source>
        <translation>请使用 file、folder、taken、size，或之前批次的字段。</translation>
    </message>
    <message>
        <source>There is no run named {name}.</source>
        <translation>没有名为 {name} 的批次。</translation>
    </message>
    <message>
        <source>Look at the list of runs for its name.</source>
        <translation>请在批次列表中查看名称。</translation>
    </message>
    <message>
        <source>The run {name} has no field named {field}.</source>
        <translation>批次 {name} 没有名为 {field} 的字段。</translation>
    </message>
    <message>
        <source>Its fields are: {fields}.</source>
        <translation>它的字段有：{fields}。</translation>
    </message>
    <message>
        <source>There is a run named {name} already.</source>
        <translation>已有名为 {name} 的批次。</translation>
    </message>
    <message>
        <source>Choose another name, or go on with that run.</source>
        <translation>请换一个名称，或继续该批次。</translation>
    </message>
    <message>
        <source>The run {name} is going on in another window or command.</source>
        <translation>批次 {name} 正在另一个窗口或命令中进行。</translation>
    </message>
    <message>
        <source>Wait until it is done, or pause it.</source>
        <translation>请等它完成，或者将它暂停。</translation>
    </message>
    <message>
        <source>The window or command that works on the run {name} does not react.</source>
        <translation>正在处理批次 {name} 的窗口或命令没有反应。</translation>
    </message>
    <message>
        <source>It may be very busy, or hang: if it does, end that program.</source>
        <translation>它可能非常繁忙，也可能已经卡住；如果确实卡住，请结束那个程序。</translation>
    </message>
    <message>
        <source>There is no picture to ask about.</source>
        <translation>没有可提问的图片。</translation>
    </message>
    <message>
        <source>Choose another folder, or a wider filter.</source>
        <translation>请选择其他文件夹，或放宽筛选条件。</translation>
    </message>
    <message>
        <source>The list {name} cannot be read.</source>
        <translation>无法读取列表 {name}。</translation>
    </message>
    <message>
        <source>Choose a text file with the path of one picture in each line.</source>
        <translation>请选择每行写有一张图片路径的文本文件。</translation>
    </message>
    <message>
        <source>A run needs a server with a vision model.</source>
        <translation>批次需要一个带视觉模型的服务器。</translation>
    </message>
    <message>
        <source>Connect to one; the built-in reader only finds text in pictures.</source>
        <translation>请先连接服务器；内置识别器只能识别图片中的文字。</translation>
    </message>
    <message>
        <source>The answer does not fit the form.</source>
        <translation>回答不符合表单。</translation>
    </message>
    <message>
        <source>What the vision model answered is kept; ask again, or fill it in by hand.</source>
        <translation>视觉模型的回答已保留；可重新提问，或手动填写。</translation>
    </message>
    <message>
        <source>{name} cannot be written.</source>
        <translation>无法写入“{name}”。</translation>
    </message>
    <message>
        <source>Close it in other programs, or choose another name or folder.</source>
        <translation>请在其他程序中关闭该文件，或选择其他名称或文件夹。</translation>
    </message>
    <message>
        <source>Nothing can be written into the folder {name}.</source>
        <translation>无法在文件夹“{name}”中写入内容。</translation>
    </message>
    <message>
        <source>Choose another folder, or ask whoever looks after it to let you write there.</source>
        <translation>请选择其他文件夹，或请其管理者授予写入权限。</translation>
    </message>
    <message>
        <source>{name} would have more rows than a sheet can hold: {most}.</source>
        <translation>“{name}”的行数会超过一张工作表的上限：{most}。</translation>
    </message>
    <message>
        <source>Choose csv, or fewer rows.</source>
        <translation>请选择 csv，或减少行数。</translation>
    </message>
    <message>
        <source>There is no room for {name} on its disk.</source>
        <translation>磁盘空间不足，无法写入 {name}。</translation>
    </message>
    <message>
        <source>Make room or choose another disk; what was there before is as it was.</source>
        <translation>请腾出空间或换一个磁盘；原有内容保持不变。</translation>
    </message>
    <message>
        <source>Lightdesk cannot tell from {name} what kind of file is wanted.</source>
        <translation>Lightdesk 无法从“{name}”判断需要哪种文件。</translation>
    </message>
    <message>
        <source>Choose csv, xlsx, jsonl, html, coco, yolo or captions.</source>
        <translation>请选择 csv、xlsx、jsonl、html、coco、yolo 或 captions。</translation>
    </message>
    <message>
        <source>There is something in {name} already.</source>
        <translation>“{name}”中已有内容。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder.</source>
        <translation>请选择新文件夹或空文件夹。</translation>
    </message>
    <message>
        <source>The form {name} has no field for boxes on the picture.</source>
        <translation>表单“{name}”没有在图片上标框的字段。</translation>
    </message>
    <message>
        <source>Choose a format for tables, such as xlsx or csv.</source>
        <translation>请选择表格格式，例如 xlsx 或 csv。</translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation>无法读取 {name}。</translation>
    </message>
    <message>
        <source>Check that it is there and that you may open it.</source>
        <translation>请确认它存在，并且您有权打开。</translation>
    </message>
    <message>
        <source>{name} holds the results of another run.</source>
        <translation>{name} 是另一批次的结果。</translation>
    </message>
    <message>
        <source>Choose that run first, or the file of this one.</source>
        <translation>请先选择那个批次，或改选本批次的文件。</translation>
    </message>
    <message>
        <source>{name} holds questions for a batch service, not its answers.</source>
        <translation>{name} 是给批处理服务的问题，而不是它的回答。</translation>
    </message>
    <message>
        <source>Let a batch service answer it, and choose the file that it writes.</source>
        <translation>请先让批处理服务回答，再选择它写出的文件。</translation>
    </message>
    <message>
        <source>{name} is no file of batch results.</source>
        <translation>{name} 不是批处理结果文件。</translation>
    </message>
    <message>
        <source>Choose the JSON Lines file that the batch service wrote for this run.</source>
        <translation>请选择批处理服务为本批次写出的 JSON Lines 文件。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong.</source>
        <translation>出现了意外问题。</translation>
    </message>
    <message>
        <source>Your work is saved. The details help whoever looks after Lightdesk.</source>
        <translation>您的工作已保存。详细信息可供维护 Lightdesk 的人员参考。</translation>
    </message>
</context>
<context>
    <name>export_notes</name>
    <message>
        <source>Caption files that were there before and were left as they are: {count}, for example {name}.</source>
        <translation>{count} 个说明文件原已存在，未作改动，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures that got no file, because another has the same name: {count}, for example {name}.</source>
        <translation>{count} 张图片与其他图片同名，未生成文件，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures without an answer, and so without a caption: {count}, for example {name}.</source>
        <translation>{count} 张图片没有回答，未生成说明，例如“{name}”。</translation>
    </message>
    <message>
        <source>Rows without their small picture, because it cannot be opened: {count}, for example {name}.</source>
        <translation>{count} 行没有小图，因为图片无法打开，例如“{name}”。</translation>
    </message>
    <message>
        <source>Texts that were cut, because a cell cannot hold more: {count}, for example in {name}.</source>
        <translation>{count} 处文字超出单元格容量，已被截断，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures left out, because they have no valid answer: {count}, for example {name}.</source>
        <translation>{count} 张图片没有有效回答，已略去，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures in which nothing is marked; they are written as pictures without boxes: {count}, for example {name}.</source>
        <translation>{count} 张图片中没有标出任何内容，已按无框图片写入，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures that cannot be read and were not copied: {count}, for example {name}.</source>
        <translation>{count} 张图片无法读取，未能复制，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures that cannot be opened and are not in the files: {count}, for example {name}.</source>
        <translation>{count} 张图片无法打开，未写入文件，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures with the same bytes as another one, which get its answer when the results are taken in: {count}, for example {name}.</source>
        <translation>与另一张内容完全相同、导入结果时会共用其回答的图片：{count} 张，例如 {name}。</translation>
    </message>
    <message>
        <source>Pictures that got the answer of another one with the same bytes: {count}, for example {name}.</source>
        <translation>共用了另一张内容完全相同图片的回答的图片：{count} 张，例如 {name}。</translation>
    </message>
    <message>
        <source>Answers that do not fit the form; they are kept, and asking again about those that failed may mend them: {count}, for example {name}.</source>
        <translation>不符合表单的回答（已保留，重新询问失败的图片可能会修正）：{count} 个，例如 {name}。</translation>
    </message>
    <message>
        <source>Results that belong to no picture of this run: {count}, for example {name}.</source>
        <translation>{count} 条结果不属于本批次的任何图片，例如“{name}”。</translation>
    </message>
    <message>
        <source>Pictures that had an answer before and kept it: {count}, for example {name}.</source>
        <translation>{count} 张图片已有回答，予以保留，例如“{name}”。</translation>
    </message>
    <message>
        <source>Lines that cannot be read: {count}, for example in {name}.</source>
        <translation>{count} 行无法读取，例如“{name}”中的内容。</translation>
    </message>
</context>
<context>
    <name>notes</name>
    <message>
        <source>The name ends in {suffix}, but this is a {format} file.</source>
        <translation>文件名以 {suffix} 结尾，但实际是 {format} 文件。</translation>
    </message>
    <message>
        <source>Only the first of {count} frames or pages is used.</source>
        <translation>共 {count} 帧（页），仅使用第一帧（页）。</translation>
    </message>
    <message>
        <source>The file holds {count} pictures; the main one is used.</source>
        <translation>文件包含 {count} 张图片，使用其中的主图。</translation>
    </message>
    <message>
        <source>Colours were converted from {profile} to sRGB.</source>
        <translation>颜色已从 {profile} 转换为 sRGB。</translation>
    </message>
    <message>
        <source>The colour profile in the file is damaged or does not fit and was ignored.</source>
        <translation>文件中的颜色配置已损坏或不匹配，未予采用。</translation>
    </message>
    <message>
        <source>The file has printing colours without a profile; the colours shown are an estimate.</source>
        <translation>文件使用印刷颜色但没有颜色配置，显示的颜色为估计值。</translation>
    </message>
    <message>
        <source>Colours were converted from Lab to sRGB.</source>
        <translation>颜色已从 Lab 转换为 sRGB。</translation>
    </message>
    <message>
        <source>Transparent parts are shown on white.</source>
        <translation>透明部分以白色为底显示。</translation>
    </message>
    <message>
        <source>Brightness was scaled from {bits} to 8 bits.</source>
        <translation>亮度已从 {bits} 位缩放到 8 位。</translation>
    </message>
    <message>
        <source>The values from {low} to {high} in the file are shown from black to white.</source>
        <translation>文件中从 {low} 到 {high} 的数值显示为从黑到白。</translation>
    </message>
</context>
<context>
    <name>reader</name>
    <message>
        <source>Picture {number}: {name}</source>
        <translation>图片 {number}：{name}</translation>
    </message>
    <message>
        <source>No text was found in this picture.</source>
        <translation>这张图片中没有找到文字。</translation>
    </message>
    <message>
        <source>This is the text in the picture, found by the built-in reader, not an answer to the question: connect to a server with a vision model to ask what a picture shows and means.</source>
        <translation>以上是内置文字识别在图片中找到的文字，并不是对问题的回答。要询问图片的内容和含义，请连接运行视觉模型的服务器。</translation>
    </message>
</context>
<context>
    <name>run_table</name>
    <message>
        <source>About this run</source>
        <translation>关于本批次</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>as a question</source>
        <translation>作为普通问题提问</translation>
    </message>
    <message>
        <source>the server enforces the form</source>
        <translation>由服务器强制表单格式</translation>
    </message>
    <message>
        <source>the prompt alone asks for the form</source>
        <translation>仅由提示词要求按表单回答</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>The answer said</source>
        <translation>模型的回答</translation>
    </message>
    <message>
        <source>Changed to</source>
        <translation>修改为</translation>
    </message>
    <message>
        <source>{name}, version {version}</source>
        <translation>{name}，第 {version} 版</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>导出时间</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未提问</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已略过</translation>
    </message>
    <message>
        <source>Rows in this table</source>
        <translation>本表行数</translation>
    </message>
    <message>
        <source>Rows changed by hand</source>
        <translation>人工修改的行数</translation>
    </message>
    <message>
        <source>Rows that share the answer of an identical picture</source>
        <translation>与相同图片共用回答的行数</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>随机性</translation>
    </message>
    <message>
        <source>Longest answer in tokens</source>
        <translation>回答最长 token 数</translation>
    </message>
    <message>
        <source>Image tokens for a picture</source>
        <translation>每张图片的图像 token 数</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>How it was asked</source>
        <translation>提问方式</translation>
    </message>
    <message>
        <source>Lightdesk</source>
        <translation>Lightdesk</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>JSON 模式</translation>
    </message>
    <message>
        <source>may be empty</source>
        <translation>可以为空</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>one of</source>
        <translation>选其一：</translation>
    </message>
    <message>
        <source>any of</source>
        <translation>可多选：</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>list of texts</source>
        <translation>文字列表</translation>
    </message>
    <message>
        <source>boxes: left, top, right, bottom in pixels</source>
        <translation>方框：左、上、右、下，以像素计</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Changed by hand</source>
        <translation>人工修改</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>The answer gives nothing usable for: {fields}.</source>
        <translation>回答中以下字段没有可用的内容：{fields}。</translation>
    </message>
    <message>
        <source>The answer was too long and was cut off.</source>
        <translation>回答过长，被截断了。</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>In the server&apos;s words</source>
        <translation>服务器原话</translation>
    </message>
    <message>
        <source>Same picture as</source>
        <translation>与此图片相同</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>尚未提问</translation>
    </message>
    <message>
        <source>being asked</source>
        <translation>正在提问</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已略过</translation>
    </message>
</context>
</TS>
