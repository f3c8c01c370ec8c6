; Installs Passerelle for one person, without administrator rights. Compiled by `run.py package` (makensis).
;
;   Passerelle-…-setup.exe /S             installs without a question; /D=C:\folder last, to choose the folder
;   "…\Desinstaller Passerelle.exe" /S    removes the program; the person's encrypted files stay where they are
;
; Given by -D: VERSION (0.1.0), SOURCE (the frozen folder), ICON (.ico), OUTPUT (the installer to write), and
; QUICK to leave files as they are, when only the script is tried.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh

!define NAME "Passerelle"
!define PROGRAM "passerelle.exe"
!define UNINSTALLER "Desinstaller Passerelle.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Passerelle"
!define RUNNING "Passerelle est ouvert.$\r$\n$\r$\nFermez-le, puis choisissez « Recommencer »."

Name "${NAME} ${VERSION}"
OutFile "${OUTPUT}"
; Beside the person's other programs; never in %LOCALAPPDATA%\Passerelle, where their encrypted file lies.
InstallDir "$LOCALAPPDATA\Programs\Passerelle"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir Passerelle"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Passerelle va être retiré de ce poste. Vos fichiers chiffrés ne sont pas touchés : ils restent dans leur dossier."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_FRENCH} "ProductName" "${NAME}"
VIAddVersionKey /LANG=${LANG_FRENCH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_FRENCH} "FileDescription" "Installation de ${NAME}"
VIAddVersionKey /LANG=${LANG_FRENCH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_FRENCH} "LegalCopyright" "AGPL-3.0-or-later"

; Stops while the program is open: Windows lets nobody write over a program that runs.
!macro WAIT_UNTIL_CLOSED PREFIX
  Function ${PREFIX}WaitUntilClosed
    again:
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
      ClearErrors
      FileOpen $0 "$INSTDIR\${PROGRAM}" a
      ${If} ${Errors}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${RUNNING}" /SD IDCANCEL IDRETRY again
        SetErrorLevel 3
        Quit
      ${EndIf}
      FileClose $0
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_CLOSED ""
!insertmacro WAIT_UNTIL_CLOSED "un."

Function .onInit
  SetShellVarContext current
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "Passerelle demande Windows 10 ou plus récent." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function un.onInit
  SetShellVarContext current
FunctionEnd

Section "Passerelle"
  Call WaitUntilClosed
  ; What an older version brought and this one no longer has must not be loaded.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${SOURCE}\*"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "Passerelle n’a pas pu être écrit dans $INSTDIR : vérifiez la place sur le disque, puis recommencez." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}" "" "" "" "" "" "Suivi des ménages logés par les bailleurs sociaux"
  Call TellWindows
SectionEnd

; Lists the program among those of this person (Paramètres > Applications).
Function TellWindows
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
FunctionEnd

; Removes what the installation brought, by name: a file of the person's that lies in the same folder stays.
Section "Uninstall"
  Call un.WaitUntilClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\caseworker-app.exe"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
